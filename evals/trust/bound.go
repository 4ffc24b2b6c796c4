package trust

import "math"

// confidence of the bounds.
const confidence = 0.95

// Bound is the upper end of the one-sided 95 % interval of Clopper and Pearson
// for the share of failures in n: for none, close to 3/n. It is 1 where
// nothing was tried.
func Bound(failures, n int) float64 {
	if n == 0 || failures >= n {
		return 1
	}
	if failures == 0 {
		return 1 - math.Pow(1-confidence, 1/float64(n))
	}
	low, high := float64(failures)/float64(n), 1.0
	for range 60 {
		mid := (low + high) / 2
		if atMost(failures, n, mid) > 1-confidence {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// atMost is the chance of at most k failures in n of share p.
func atMost(k, n int, p float64) float64 {
	sum := 0.0
	for i := range k + 1 {
		sum += math.Exp(choose(n, i) + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return sum
}

// choose is the logarithm of the number of ways to choose k of n.
func choose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}

package citation
import ("testing";"math/rand/v2";"strings";"time")
func TestZZ(t *testing.T){ r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 4)); fails:=0
for range 600000 { var b strings.Builder
for range 1 + r.IntN(9) { b.WriteString(pick(r, fragments...)); b.WriteString(pick(r, "", " ", " ", " ")) }
s:=b.String()
chk:=func(c Citation){ again,err:=Parse(c.String()); if err!=nil||again!=c { fails++; if fails<25 {t.Errorf("%q: %#v prints %q reads %#v %v",s,c,c,again,err)}}}
for _,f:=range Find(s){ if f.Err==nil {chk(f.Citation)}}
if c,err:=Parse(s);err==nil{chk(c)} }}

package local

import "github.com/everycategory/advocate/retrieval"

type (
	digest = retrieval.Digest
	total  = retrieval.Revision
)

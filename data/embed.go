package data

import "embed"

//go:embed *.json *.csv *.yaml
var embedded embed.FS

// Embedded is Load of the report that is built into the program.
func Embedded() (*Report, error) { return Load(embedded) }

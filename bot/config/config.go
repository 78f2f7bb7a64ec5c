// Package config reads the program's configuration file. What goes in is a
// YAML file and a struct that holds the defaults; what comes out is that
// struct filled in, or everything that is wrong with the file, each problem
// with its place and what would be right:
//
//	type Limits struct {
//		Wait time.Duration `yaml:"wait" doc:"How long to wait for an answer."`
//	}
//	type Config struct {
//		Limits Limits `yaml:"limits" doc:"What one person may ask for."`
//	}
//
//	c := Config{Limits: Limits{Wait: 30 * time.Second}}
//	err := config.Decode(source, &c)
//	// config.yaml:2:9: limits.wait: expected a duration such as 30m, found "soon"
//
// The same structs give the example file (Example) and the configuration in
// effect (Show).
//
// # Fields
//
// A field is a string, bool, int, int64, float64, time.Duration, Size, Secret,
// []string, or anything that reads itself from text
// (encoding.TextUnmarshaler). A struct is a section. A pointer to a struct is
// an optional section: it stays as it is when its key is absent, and is
// allocated when the key is present, with what its method Defaults sets. An
// embedded struct, or one tagged `yaml:",inline"`, shares the keys of the
// struct around it. The tag "-" leaves a field out; the tag doc explains it.
//
// # Values
//
// ${NAME} in a value stands for an environment variable, and $$ for a single
// $. For a Secret with the key token there is also the key token_file, which
// names a file that holds the secret.
//
// # Checks
//
// A section may check itself with a method
//
//	Validate(report func(key, format string, args ...any))
//
// where key is the key of a field of that section, or "" for the section.
// Values that are secret or from the environment are hidden in what it reports.
package config

import (
	"fmt"
	"reflect"
)

// Source is where values come from.
type Source struct {
	// Name is the path of the file, as it is shown in problems. Files that
	// the configuration names are looked for in its folder.
	Name string
	// Text is what the file holds.
	Text []byte
	// Getenv looks up an environment variable, as os.LookupEnv does. Without
	// it no variable is set.
	Getenv func(name string) (value string, set bool)
	// ReadFile reads a file that a ..._file key names, as os.ReadFile does.
	// Without it there are no such files.
	ReadFile func(path string) ([]byte, error)
}

// Decode reads src into the struct that into points to, which holds the
// defaults. Keys that the file does not have leave their fields alone.
//
// If the file is not right the error is a *Problems with all that is wrong,
// and the struct holds what could be read. Any other error means that the
// struct itself cannot be read into, whatever the file says.
func Decode(src Source, into any) error {
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return fmt.Errorf("config: Decode needs a pointer to a struct, got %T", into)
	}
	shape, err := newSection(v.Elem().Type())
	if err != nil {
		return err
	}
	root, problems := readTree(src.Name, src.Text)
	d := decoder{src: src, problems: problems}
	if root != nil {
		d.section(root, &part{shape: shape, value: v.Elem()})
		d.validate()
	}
	return d.err()
}

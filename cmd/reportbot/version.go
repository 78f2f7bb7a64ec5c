package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

type versionCommand struct{}

// Help gives examples.
func (versionCommand) Help() string {
	return `Examples:

    reportbot version
    reportbot version --data ./my-report`
}

// Run prints the versions.
func (versionCommand) Run(a *App, all *commands) error {
	r, err := loadReport(all.DataDir)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Out, "reportbot %s\ndata      %s, edition %s\ngo        %s %s/%s\n",
		programVersion(debug.ReadBuildInfo()), r.Name, r.Edition, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// programVersion is the module's version and the commit that was built, as far
// as the build has noted them.
func programVersion(info *debug.BuildInfo, ok bool) string {
	if !ok || info.Main.Version == "" {
		return "(unknown)"
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	version := info.Main.Version
	if commit := settings["vcs.revision"]; commit != "" {
		version += ", commit " + commit
		if settings["vcs.modified"] == "true" {
			version += " with changes"
		}
	}
	return version
}

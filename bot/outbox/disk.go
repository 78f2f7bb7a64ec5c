//go:build linux || darwin || freebsd

package outbox

import "golang.org/x/sys/unix"

// free is how many bytes of the disk under a folder this process may still write.
func free(folder string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}

package outbox

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"

	"reportbot/bot/config"
)

// startServer starts one server with options of its own.
func startServer(t *testing.T, options *server.Options) (url string) {
	t.Helper()
	options.Host, options.Port, options.NoSigs, options.NoLog = "127.0.0.1", server.RANDOM_PORT, true, true
	options.JetStream, options.StoreDir = true, t.TempDir()
	s, err := server.NewServer(options)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(30 * time.Second) {
		t.Fatal("the server does not start")
	}
	return s.ClientURL()
}

// certificate is a certificate for loopback that signs itself, and a file of it.
func certificate(t *testing.T) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	write(t, file, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, file
}

// works puts an entry through an outbox.
func works(t *testing.T, config Config) {
	t.Helper()
	box, platform := open(t, config), newReceiver()
	delivering(t, box, platform.take)
	put(t, box, "m", "lane", "")
	platform.await(t, 1)
}

func TestTLSAndAPassword(t *testing.T) {
	cert, file := certificate(t)
	config1 := testConfig(t)
	config1.URL = startServer(t, &server.Options{
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{cert}}, Username: "bot", Password: "hush",
	})
	config1.CAFile, config1.User, config1.Password = file, "bot", config.NewSecret("hush")
	works(t, config1)
	unknown := config1
	unknown.CAFile = ""
	if _, err := Open(t.Context(), unknown, Env{}); !errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("a certificate that nobody vouches for: %v", err)
	}
	wrong := config1
	wrong.Password = config.NewSecret("hash")
	if _, err := Open(t.Context(), wrong, Env{}); !errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), "Authorization Violation") || strings.Contains(err.Error(), "hash") {
		t.Errorf("a wrong password: %v", err)
	}
}

func TestACredentialsFile(t *testing.T) {
	operator, account, system, user := keys(t, nkeys.CreateOperator), keys(t, nkeys.CreateAccount), keys(t, nkeys.CreateAccount), keys(t, nkeys.CreateUser)
	resolver := &server.MemAccResolver{}
	for _, pair := range []nkeys.KeyPair{account, system} {
		claims := jwt.NewAccountClaims(public(t, pair))
		if pair == account {
			claims.Limits.JetStreamLimits = jwt.JetStreamLimits{MemoryStorage: -1, DiskStorage: -1, Streams: -1, Consumer: -1}
		}
		if err := resolver.Store(public(t, pair), signed(t, claims, operator)); err != nil {
			t.Fatal(err)
		}
	}
	operatorClaims := jwt.NewOperatorClaims(public(t, operator))
	operatorClaims.SystemAccount = public(t, system)
	config := testConfig(t)
	config.URL = startServer(t, &server.Options{
		TrustedOperators: []*jwt.OperatorClaims{decoded(t, signed(t, operatorClaims, operator))}, AccountResolver: resolver, SystemAccount: public(t, system),
	})
	seed, err := user.Seed()
	if err != nil {
		t.Fatal(err)
	}
	text, err := jwt.FormatUserConfig(signed(t, jwt.NewUserClaims(public(t, user)), account), seed)
	if err != nil {
		t.Fatal(err)
	}
	config.CredentialsFile = filepath.Join(t.TempDir(), "bot.creds")
	write(t, config.CredentialsFile, string(text))
	works(t, config)
	config.CredentialsFile = filepath.Join(t.TempDir(), "none.creds")
	if _, err := Open(t.Context(), config, Env{}); err == nil || !strings.Contains(err.Error(), "none.creds") {
		t.Errorf("a credentials file that is not there: %v", err)
	}
}

func keys(t *testing.T, create func() (nkeys.KeyPair, error)) nkeys.KeyPair {
	t.Helper()
	pair, err := create()
	if err != nil {
		t.Fatal(err)
	}
	return pair
}

func public(t *testing.T, pair nkeys.KeyPair) string {
	t.Helper()
	key, err := pair.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func signed(t *testing.T, claims jwt.Claims, by nkeys.KeyPair) string {
	t.Helper()
	text, err := claims.Encode(by)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func decoded(t *testing.T, text string) *jwt.OperatorClaims {
	t.Helper()
	claims, err := jwt.DecodeOperatorClaims(text)
	if err != nil {
		t.Fatal(err)
	}
	return claims
}

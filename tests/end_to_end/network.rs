use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream, ToSocketAddrs, UdpSocket};

/// `scripts/without-network` sets this variable; `make test` runs these tests inside the script.
const WITHOUT_NETWORK: &str = "TROUSSEAU_WITHOUT_NETWORK";

/// Proves that the other tests run without a network, and so that the app works without one.
#[test]
#[allow(clippy::print_stdout, reason = "a skipped test reports it")]
fn no_address_can_be_reached() {
    if std::env::var_os(WITHOUT_NETWORK).is_none() {
        let required = std::env::var("TROUSSEAU_REQUIRE_ALL").is_ok_and(|value| value == "1");
        assert!(!required, "run these tests inside scripts/without-network");
        println!(
            "skipped: run inside scripts/without-network, which guarantees that there is no network"
        );
        return;
    }
    // Documentation addresses (RFC 5737, RFC 3849), and two public servers.
    for host in [
        "192.0.2.1",
        "2001:db8::1",
        "1.1.1.1",
        "2606:4700:4700::1111",
    ] {
        let refused = TcpStream::connect((host, 443)).expect_err("there is no network");
        assert_eq!(refused.kind(), ErrorKind::NetworkUnreachable, "{host}");
        let any = if host.contains(':') {
            "[::]:0"
        } else {
            "0.0.0.0:0"
        };
        let socket = UdpSocket::bind(any).expect("a socket needs no network");
        let refused = socket.connect((host, 53)).expect_err("there is no network");
        assert_eq!(refused.kind(), ErrorKind::NetworkUnreachable, "{host}");
    }
    assert!(("example.org", 443).to_socket_addrs().is_err());
    // The web driver and its client use the loopback interface.
    let listener = TcpListener::bind("127.0.0.1:0").expect("lo is up");
    TcpStream::connect(listener.local_addr().expect("it is bound")).expect("lo is up");
}

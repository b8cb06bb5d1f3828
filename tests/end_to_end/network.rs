use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream, ToSocketAddrs, UdpSocket};

/// Set by `scripts/without-network`, in which `make test` runs all that is here.
const PROMISED: &str = "TROUSSEAU_WITHOUT_NETWORK";

/// So that the other tests show what they show: the app does its work where it could reach nobody.
#[test]
#[allow(clippy::print_stdout, reason = "a test that does not run says so")]
fn nothing_can_be_reached_from_here() {
    if std::env::var_os(PROMISED).is_none() {
        let required = std::env::var("TROUSSEAU_REQUIRE_ALL").is_ok_and(|value| value == "1");
        assert!(
            !required,
            "these tests belong inside scripts/without-network"
        );
        println!(
            "not run: there may be a network here; scripts/without-network makes a place without one"
        );
        return;
    }
    // Addresses of documents, RFC 5737 and RFC 3849, and two that answer.
    for host in [
        "192.0.2.1",
        "2001:db8::1",
        "1.1.1.1",
        "2606:4700:4700::1111",
    ] {
        let refused = TcpStream::connect((host, 443)).expect_err("there is no way there");
        assert_eq!(refused.kind(), ErrorKind::NetworkUnreachable, "{host}");
        let any = if host.contains(':') {
            "[::]:0"
        } else {
            "0.0.0.0:0"
        };
        let socket = UdpSocket::bind(any).expect("a socket needs no network");
        let refused = socket.connect((host, 53)).expect_err("nor there");
        assert_eq!(refused.kind(), ErrorKind::NetworkUnreachable, "{host}");
    }
    assert!(("example.org", 443).to_socket_addrs().is_err());
    // The web driver and its client meet on this machine itself.
    let listener = TcpListener::bind("127.0.0.1:0").expect("lo is up");
    TcpStream::connect(listener.local_addr().expect("it is bound")).expect("lo is up");
}

//! Credentials as they arrive at a server.

use super::super::server::{Reply, Server};
use super::CALL;
use crate::Request;

#[tokio::test]
async fn credentials_arrive_in_their_places() {
    let reply = || Reply::answer("204 No Content", "");
    let server = Server::start(vec![reply(), reply(), reply()]).await;
    let client = || {
        server
            .client()
            .query_key("query+key&1")
            .cookie_key("cookie-key-1")
            .basic_auth("Aladdin", "open sesame")
            .token("token-1234567890")
            .build()
            .unwrap()
    };
    client().send_empty(Request::new(&CALL).security(&[&["query_key", "cookie_key", "token"]])).await.unwrap();
    client().send_empty(Request::new(&CALL).security(&[&["basic_auth"]])).await.unwrap();
    client().send_empty(Request::new(&CALL).security(&[])).await.unwrap();
    let seen = server.seen();
    assert!(seen[0].starts_with("POST /call?api%20key=query%2Bkey%261 HTTP/1.1\r\n"), "{}", seen[0]);
    assert!(seen[0].contains("\r\ncookie: session=cookie-key-1\r\n"), "{}", seen[0]);
    assert!(seen[0].contains("\r\nauthorization: Bearer token-1234567890\r\n"), "{}", seen[0]);
    assert!(seen[1].contains("\r\nauthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n"), "{}", seen[1]);
    for word in ["authorization", "cookie", "dd-api-key", "query"] {
        assert!(!seen[2].contains(word), "{}", seen[2]);
    }
}

#[tokio::test]
async fn a_failed_exchange_does_not_show_a_query_key() {
    for reply in ["", "HTTP/1.1 20", "not HTTP at all\r\n\r\n"] {
        let server = Server::start(vec![Reply::raw(reply)]).await;
        let client = server.client().query_key("query+key&1").build().unwrap();
        let error = client.send_empty(Request::new(&CALL).security(&[&["query_key"]])).await.unwrap_err();
        let transport = error.transport_error().expect("the transport failed");
        for printed in [format!("{error} {error:?} {error:#?}"), format!("{transport:?} {transport:#?} {transport}")] {
            assert!(!printed.contains("query%2Bkey") && !printed.contains("query+key"), "{printed}");
        }
    }
}

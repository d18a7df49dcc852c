//! The same with the blocking client.

use super::*;
use std::io::Read as _;

#[test]
fn a_blocking_client_sends_and_reads_streams() {
    let large = "0123456789".repeat(100_000);
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{large}", large.len());
    let address = serve(move |mut peer| {
        peer.head()?;
        peer.write(&answer)
    });
    let client = crate::tests::peer::client(address).blocking().build().unwrap();
    let mut read = String::new();
    let mut stream = client.send_streamed(Request::new(&GET_FILE)).unwrap().into_body();
    assert_eq!(stream.length(), Some(1_000_000));
    let mut start = [0; 5];
    stream.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"01234");
    stream.read_to_string(&mut read).unwrap();
    assert!(large[5..] == read);
    let chunks = client.send_streamed(Request::new(&GET_FILE)).unwrap().into_body();
    let chunks = chunks.collect::<Result<Vec<_>, _>>().unwrap();
    assert!(chunks.len() > 1 && chunks.concat() == large.as_bytes());
    let mut short = client.send_streamed(Request::new(&GET_FILE)).unwrap().into_body().at_most(3);
    assert!(short.next().unwrap().unwrap_err().to_string().contains("too large"));
    assert!(short.next().is_none());

    let (builder, seen) = recorder(OK);
    let client = builder.blocking().build().unwrap();
    client.send_empty(upload(&PUT_FILE, Body::from_reader(io::Cursor::new(large.clone())))).unwrap();
    assert!(seen.recv_timeout(PATIENCE).unwrap().1 == large);
}

#[test]
fn a_limit_includes_bytes_that_were_read() {
    let address = serve(|mut peer| {
        peer.head()?;
        peer.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 9\r\n\r\nabcdefghi")
    });
    let client = crate::tests::peer::client(address).blocking().build().unwrap();
    for (limit, left) in [(9, Some("efghi")), (8, None), (4, None), (3, None)] {
        let mut stream = client.send_streamed(Request::new(&GET_FILE)).unwrap().into_body();
        stream.read_exact(&mut [0; 4]).unwrap();
        let mut stream = stream.at_most(limit);
        let mut rest = String::new();
        let outcome = stream.read_to_string(&mut rest);
        match left {
            Some(left) => assert_eq!((outcome.unwrap(), rest.as_str()), (5, left)),
            None => {
                assert_eq!(rest, "");
                assert!(outcome.unwrap_err().to_string().contains(&format!("more than {limit} bytes")));
            }
        }
        assert!(stream.next().is_none());
    }
}

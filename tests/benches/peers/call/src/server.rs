//! A server on loopback, for a client in another process.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

/// Prints the address, and then responds to every request with one page of ten groups.
pub(crate) fn serve() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    let group = r#"{"id":"3f8e2a90-6c1d-4b7a-9e55-0d2f4c6b8a11","type":"org_groups","attributes":{"name":"Payments","owner_org_site":"us1","owner_org_uuid":"b7c1e4d2-93a6-4f08-8d5b-2e6f7a9c0d34","created_at":"2024-01-15T10:30:00Z","modified_at":"2024-02-15T10:30:00Z"}}"#;
    let body = format!(r#"{{"data":[{}]}}"#, [group; 10].join(","));
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
    let answer = head + &body;
    for connection in listener.incoming() {
        // A client that disconnects is not an error of the server.
        let _ = answer_all(connection?, answer.as_bytes());
    }
    Ok(())
}

fn answer_all(connection: TcpStream, answer: &[u8]) -> std::io::Result<()> {
    let mut lines = BufReader::new(connection.try_clone()?).lines();
    let mut connection = connection;
    while let Some(line) = lines.next() {
        if line?.is_empty() {
            connection.write_all(answer)?;
        }
    }
    Ok(())
}

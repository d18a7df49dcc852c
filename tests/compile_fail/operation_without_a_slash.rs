//! Raw operations whose paths would send the keys to another host, or name another resource.

use datadog_org_groups::{Operation, http::Method};

static HOST: Operation = Operation::new("Host", Method::GET, "@evil.example/x", true); //~ must start with a slash
static SLASHES: Operation = Operation::new("Slashes", Method::GET, "//evil.example/x", true); //~ two slashes
static DOTS: Operation = Operation::new("Dots", Method::GET, "/a/%2e%2E/b", true); //~ a dot or two

fn main() {
    let _ = (&HOST, &SLASHES, &DOTS);
}

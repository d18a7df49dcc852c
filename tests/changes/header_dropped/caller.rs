//! Reads a header of a failure.

use api::Error;
use api::operations::GetGroupHeaders;

pub fn reason(error: &Error) -> Option<String> {
    GetGroupHeaders::from(error.headers()?).x_reason
}

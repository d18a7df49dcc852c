//! Items of a body that was read as a whole, because the status of the response determines its body.

use super::events::{Event, EventFraming};
use super::framing::Framing;
use super::items::ReadItem;
use super::lines::LineFraming;
use crate::runtime::client::interpret::{self, EVENTS, content_type};
use crate::runtime::client::{Error, Operation, Response};
use bytes::Bytes;

/// Reads the items of a body that has one JSON text per line or after each record separator.
pub(crate) fn lines<T>(
    operation: &'static Operation,
    answer: Response<Bytes>,
    read: ReadItem<T>,
) -> Result<Response<Vec<T>>, Error> {
    all::<LineFraming, T>(operation, answer, read)
}

/// Reads the events of a `text/event-stream`.
pub(crate) fn events<T>(
    operation: &'static Operation,
    answer: Response<Bytes>,
    read: ReadItem<T>,
) -> Result<Response<Vec<Event<T>>>, Error> {
    if content_type(&answer.headers).is_some_and(|other| !other.eq_ignore_ascii_case(EVENTS)) {
        return Err(Error::decode(operation, interpret::explain_other(&answer.headers), answer));
    }
    all::<EventFraming, T>(operation, answer, read)
}

/// If an item cannot be read, the error has the whole body.
fn all<F: Framing, T>(
    operation: &'static Operation,
    answer: Response<Bytes>,
    read: ReadItem<T>,
) -> Result<Response<Vec<F::Item<T>>>, Error> {
    let mut framing = F::default();
    framing.push(&answer.body);
    let mut items = Vec::new();
    while let Some(frame) = framing.next(true) {
        let (data, is_whole) = F::data(&frame);
        let error = match read(data) {
            Ok(data) if is_whole => {
                items.push(F::item(frame, data));
                continue;
            }
            Err(_) if F::is_farewell(data) => break,
            Ok(_) => None,
            Err(error) => Some(error).filter(|_| is_whole),
        };
        let number = u64::try_from(items.len()).unwrap_or(u64::MAX).saturating_add(1);
        let failure = interpret::explain_item(number, &answer.clone().map(|_| data.clone()), error);
        return Err(Error::decode(operation, failure, answer));
    }
    Ok(answer.map(|_| items))
}

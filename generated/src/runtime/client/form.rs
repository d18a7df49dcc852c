//! Bodies that are pairs of a form: `application/x-www-form-urlencoded`.

use crate::runtime::client::Request;
use crate::runtime::client::parameters::{Style, pairs_of, value_of};
use crate::runtime::model::Value;
use crate::runtime::model::part::Part;

impl Request {
    /// Sets the body if there is one: the properties of `body` as pairs.
    ///
    /// A list is one pair per item. Other structured values are written as JSON. `styles` has the properties for which
    /// the description sets another style.
    pub(crate) fn form<T: Part>(self, styles: &[(&str, Style)], body: Option<&T>) -> Request {
        match body.map(value_of) {
            None => self,
            Some(Ok(value)) if value.is_object() => self.form_of(styles, &value),
            Some(Ok(_)) => self.reject("body", "a form has fields: only an object can be sent as one"),
            Some(Err(error)) => self.reject("body", &format!("it cannot be written: {error}")),
        }
    }

    #[inline]
    fn form_of(mut self, styles: &[(&str, Style)], body: &Value) -> Request {
        let mut pairs: Vec<String> = Vec::new();
        for (name, value) in body.fields() {
            let style = styles.iter().find(|(property, _)| *property == name).map(|(_, style)| *style);
            match pairs_of(style, &name, &value) {
                Ok(more) => pairs.extend(more),
                Err(reason) => return self.reject(&name, &reason),
            }
        }
        self.set_body("application/x-www-form-urlencoded", pairs.join("&").into());
        self
    }
}

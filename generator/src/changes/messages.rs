//! Messages: request bodies, documented responses, and the return values of calls.

use super::lists::matched;
use super::operations::Operation;
use super::{About, Class, Comparison, Side, Text};
use crate::ir::{Body, Content, Header, Response};
use crate::surface::{Answer, BodyType, ByStatus, HeaderForm, HeaderMember, Headers, RustType, StatusVariant};

impl Comparison<'_> {
    pub(super) fn body(&mut self, about: &About, was: &Body, now: &Body) {
        // Whether it is required, and its parts, determine the inputs of a call.
        let Body { description, required: _, content, others } = now;
        let Content { media_type, format: _, ty: _, styles, example } = content;
        let differs = [
            ("description", was.description != *description),
            ("example", was.content.example != *example),
            ("content", was.others != *others),
        ];
        self.prose(about, &differs);
        self.differs(about, Class::Wire, "", "is sent as {}, was {}", [media_type, &was.content.media_type]);
        if was.content.styles != *styles {
            self.report(about, Class::Wire, "", Text::new("its properties are written in other styles", &[]));
        }
    }

    pub(super) fn responses(&mut self, about: &About, old: &[Response], new: &[Response]) {
        let at = |response: &Response| About::new(about.subject.clone(), &about.at.key(response.status.to_string()));
        let responses = matched(old, new, &[&|_, response: &Response| Some(response.status)]);
        for gone in &responses.gone {
            let what = Text::new("status {#} no longer documented", &[&gone.status]);
            self.gone(Class::Docs, &at(gone).at, about.subject.clone(), what);
        }
        for added in &responses.added {
            self.report(&at(added), Class::Additive, "", Text::new("status {#} documented", &[&added.status]));
        }
        for (was, now) in &responses.kept {
            // Only the type of success is read into a model: an error keeps any body.
            let Response { status, description, content, others, headers } = now;
            let types =
                [&was.content, content].map(|content| content.as_ref().map(|content| RustType::of(&content.ty)));
            let [old_body, body] = types;
            if self.retyped_if_any(old_body.as_ref(), body.as_ref()).is_some() {
                let [after, before] =
                    [(self.new, body), (self.old, old_body)].map(|(side, body)| side.text_or("no body", body.as_ref()));
                let what = Text::new("status {#} is documented with {}, was {}", &[status, &after, &before]);
                self.report(&at(now), Class::Docs, "", what);
            }
            let about = About { subject: about.subject.clone().then(" {#}", &[status]), ..at(now) };
            let example = |content: &Option<Content>| content.as_ref().and_then(|content| content.example.clone());
            let differs = [
                ("description", was.description != *description),
                ("example", example(&was.content) != example(content)),
                ("content", was.others != *others),
            ];
            self.prose(&about, &differs);
            if let (Some(was), Some(now)) = (&was.content, content) {
                // The format follows from the media type.
                let Content { media_type, format: _, ty: _, styles: _, example: _ } = now;
                self.differs(&about, Class::Wire, "", "has the media type {}, was {}", [media_type, &was.media_type]);
            }
            self.headers(&about, &was.headers, headers);
        }
    }

    fn headers(&mut self, about: &About, old: &[Header], new: &[Header]) {
        let headers = matched(old, new, &[&|_, header: &Header| Some(header.name.to_ascii_lowercase())]);
        for gone in &headers.gone {
            let what = Text::new("header {} no longer documented", &[&gone.name]);
            self.gone(Class::Docs, &about.at.key("headers").key(&gone.name), about.subject.clone(), what);
        }
        for added in &headers.added {
            self.report(about, Class::Docs, "headers", Text::new("header {} documented", &[&added.name]));
        }
        for (was, now) in &headers.kept {
            let Header { name, rust_name: _, pointer, docs, ty: _, is_json: _ } = now; // … they have become those of the field
            let about = &About::new(about.subject.clone().then(" {}", &[name]), pointer);
            self.docs(about, false, &was.docs, docs);
        }
    }

    /// Compares the return values of calls.
    pub(super) fn answers(&mut self, about: &About, before: Operation<'_>, after: Operation<'_>) {
        if let (Answer::ByStatus(was), Answer::ByStatus(now)) = (&before.call.answer, &after.call.answer) {
            return self.by_status(about, was, now);
        }
        let class = match (&before.call.answer, &after.call.answer) {
            (Answer::Nothing, Answer::Nothing) => None,
            (Answer::Body(was), Answer::Body(now)) => self.reread(was, now),
            (Answer::Nothing | Answer::Body(_) | Answer::ByStatus(_), _) => Some(Class::Compile),
        };
        if let Some(class) = class {
            let texts = [answer_text(self.new, &after.call.answer), answer_text(self.old, &before.call.answer)];
            let types = before.spec.json_response().zip(after.spec.json_response());
            let is_same_json = types.is_some_and(|(a, b)| self.same_json(a, b));
            let what = Text::new("responds with {}, was {}", &[&texts[0], &texts[1]]);
            self.report(about, class, "", what).on_the_wire_if(!is_same_json);
        }
    }

    fn by_status(&mut self, about: &About, was: &ByStatus, now: &ByStatus) {
        let ByStatus { ident, variants } = now;
        self.differs(about, Class::Compile, "", "the type of the response is {}, was {}", [ident, &was.ident]);
        let by_status = |_: usize, variant: &StatusVariant| Some(variant.status);
        let variants = matched(&was.variants, variants, &[&by_status]);
        for gone in &variants.gone {
            let what = Text::new("{} is no longer a response", &[&gone.ident]);
            self.report(about, Class::Compile, "", what).on_the_wire_if(true);
        }
        for added in &variants.added {
            let what = Text::new("{} is a response", &[&added.ident]);
            self.report(about, Class::Additive, &added.status.to_string(), what);
        }
        for (was, now) in &variants.kept {
            let StatusVariant { ident, response: _, status, body } = now; // … its name follows from the status
            let key = &status.to_string();
            let class = match (&was.body, body) {
                (None, None) => None,
                (Some(was), Some(now)) => self.reread(was, now),
                (None, Some(_)) | (Some(_), None) => Some(Class::Compile),
            };
            if let Some(class) = class {
                let texts = [(self.new, body), (self.old, &was.body)]
                    .map(|(side, body)| side.text_or("nothing", body.as_ref().map(|body| &body.ty)));
                let what = Text::new("{} holds {}, was {}", &[ident, &texts[0], &texts[1]]);
                self.report(about, class, key, what).on_the_wire_if(class == Class::Compile);
            }
        }
    }

    /// Compares the types into which the headers of responses are read.
    pub(super) fn header_types(&mut self, about: &About, before: Operation<'_>, after: Operation<'_>) {
        let about = &[about.clone(), about.clone()];
        let both = [before.call.headers.as_ref(), after.call.headers.as_ref()];
        let Some((was, now)) = self.both(about, both, Class::Additive, |headers: &Headers| Text::name(&headers.ident))
        else {
            return;
        };
        let Headers { ident, members } = now;
        let about = &about[1];
        self.differs(about, Class::Compile, "", "the type of the headers is {}, was {}", [ident, &was.ident]);
        let members = matched(&was.members, members, &[&|_, member: &HeaderMember| Some(member.name.to_lowercase())]);
        self.order(&members, about, "", "the headers of a response are in another order");
        for gone in &members.gone {
            let what = Text::new("the header {} is no longer a field of {}", &[&gone.name, ident]);
            self.report(about, Class::Compile, "", what);
        }
        for added in &members.added {
            let what = Text::new("the header {} is a field of {}", &[&added.name, ident]);
            self.report(about, Class::Additive, "", what);
        }
        for (was, now) in &members.kept {
            let HeaderMember { ident, name, form, ty } = now;
            let about = &About { subject: about.subject.clone().then(" {}", &[name]), ..about.clone() };
            self.differs(about, Class::Compile, "", "its field is {}, was {}", [ident, &was.ident]);
            if let Some(class) = self.retyped(&was.ty, ty) {
                let texts = [self.new.text(ty), self.old.text(&was.ty)];
                self.report(about, class, "", Text::new("has the type {}, was {}", &[&texts[0], &texts[1]]));
            } else if was.form != *form {
                // Otherwise the form follows from the type.
                let [now, was] = [*form, was.form].map(|form| if form == HeaderForm::Word { "JSON" } else { "text" });
                self.report(about, Class::Wire, "", Text::new("is read as {}, was {}", &[&now, &was]));
            }
        }
    }

    /// Returns the effect of reading a body differently.
    fn reread(&self, was: &BodyType, now: &BodyType) -> Option<Class> {
        let BodyType { format: _, ty } = now; // … each format has separate types
        self.retyped(&was.ty, ty)
    }

    fn retyped_if_any(&self, old: Option<&RustType>, new: Option<&RustType>) -> Option<Class> {
        match (old, new) {
            (None, None) => None,
            (Some(old), Some(new)) => self.retyped(old, new),
            (None, Some(_)) | (Some(_), None) => Some(Class::Compile),
        }
    }
}

fn answer_text(side: Side<'_>, answer: &Answer) -> String {
    match answer {
        Answer::Nothing => "()".to_owned(),
        Answer::Body(body) => side.text(&body.ty),
        Answer::ByStatus(by_status) => by_status.ident.to_string(),
    }
}

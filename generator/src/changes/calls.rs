//! Calls: the inputs of callers, and their destinations.
//!
//! Callers identify arguments by their position and type, and steps and setters by their name. An input is the same on
//! both sides if it goes to the same place of the request. So an argument that is replaced by another input of the same
//! type is a change that no compiler detects.

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use super::lists::{Matched, matched};
use super::operations::Operation;
use super::{About, Change, Class, Comparison, Spot, Text};
use crate::diagnostics::Place;
use crate::ir::{self, BodyPart, Location, Parameter};
use crate::surface::{Choice, ChoiceMember, Input, Step, Way};

/// The destination of an input, which identifies it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Goal {
    /// The position in the path, counted from 0.
    Path(usize),
    /// The name in the query.
    Query(String),
    /// The name of a header, whose case does not matter.
    Header(String),
    /// The name of a cookie.
    Cookie(String),
    /// The name of a part of a multipart body.
    Part(String),
    /// The names of the fields on the path; empty for the whole body.
    Body(Vec<String>),
}

/// How a caller supplies an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    /// By position.
    Argument,
    /// By name, before the call exists.
    Step,
    /// By name, or not at all.
    Setter,
}

/// An input of a call.
#[derive(Clone)]
struct CallInput<'a> {
    role: Role,
    /// The position among the inputs of its role, counted from 1.
    number: usize,
    goal: Goal,
    /// The part of the body to which a parameter goes as well.
    also: Option<Goal>,
    input: &'a Input,
    spec: &'a ir::Input,
}

/// A parameter of a choice.
type Member<'a> = (&'a Parameter, &'a ChoiceMember);

const SAME_TYPE: &str = ", and has the same type, so that old calls compile";

impl Comparison<'_> {
    pub(super) fn call(&mut self, about: &About, old: Operation<'_>, new: Operation<'_>) {
        // The surface has converted it to arguments, steps and setters.
        let ir::Call { choice: _, inputs: _, required: _, with_body: _, setters: _ } = &new.spec.call;
        self.choice(about, old, new);
        let [before, after] =
            [old, new].map(|call| [call.arguments_and_steps(&call.call.way), call.setters()].concat());
        self.arguments(about, &of(Role::Argument, &before), &of(Role::Argument, &after));
        if let Some((_, now)) = by_goal(&of(Role::Step, &before), &of(Role::Step, &after)).moved() {
            let what = Text::new("steps are in another order: {} comes earlier", &[&now.name()]);
            self.report_value(about, Class::Compile, now, what);
        }
        self.inputs(about, new, &before, &after);
        self.distinct(about, old, new);
        self.with_body(about, old, new);
    }

    /// Compares the arguments by position, since callers pass them without a name.
    fn arguments(&mut self, about: &About, old: &[&CallInput<'_>], new: &[&CallInput<'_>]) {
        if self.accept_the_same(old, new) {
            for (was, now) in old.iter().zip(new).filter(|(was, now)| was.goal != now.goal) {
                let what = now.role().then(" is sent as {}, was {}", &[&now.goal, &was.goal]).then(SAME_TYPE, &[]);
                self.report_value(about, Class::Wire, now, what);
            }
        } else if let Some((was, now)) = by_goal(old, new).moved() {
            let what = Text::new("arguments are in another order: {} where {} was", &[&now.goal, &was.goal]);
            // If the compiler infers the types, as in `text.parse()?`, it infers the new ones.
            self.report_value(about, Class::Compile, now, what).on_the_wire_if(true);
        }
    }

    fn report_value(&mut self, about: &About, class: Class, input: &CallInput<'_>, what: Text) -> &mut Change {
        self.note(class, Spot::New(Place::Value(input.spec.pointer.clone())), about.subject.clone(), what)
    }

    fn accept_the_same(&self, old: &[&CallInput<'_>], new: &[&CallInput<'_>]) -> bool {
        let [old, new] = [old, new].map(|side| side.iter().map(|input| &input.input.accepted).collect::<Vec<_>>());
        self.all_accepted(&old, &new)
    }

    /// Compares the inputs with the same destination, whatever their role.
    fn inputs(&mut self, about: &About, operation: Operation<'_>, old: &[CallInput<'_>], new: &[CallInput<'_>]) {
        let [before, after] = [old, new].map(|side| side.iter().collect::<Vec<_>>());
        let inputs = by_goal(&before, &after);
        for (was, now) in &inputs.kept {
            self.input(about, was, now);
        }
        // An argument that replaces another of the same type is reported by position.
        let is_reported = self.accept_the_same(&of(Role::Argument, old), &of(Role::Argument, new));
        let is_unreported = |input: &&CallInput<'_>| !is_reported || input.role != Role::Argument;
        let gone: Vec<&CallInput<'_>> = inputs.gone.into_iter().copied().filter(is_unreported).collect();
        let added: Vec<&CallInput<'_>> = inputs.added.into_iter().copied().filter(is_unreported).collect();
        let by_name = |_: usize, input: &&CallInput<'_>| {
            let is_named = input.role != Role::Argument;
            is_named.then(|| (input.role, input.input.ident.to_string()))
        };
        let rest = matched(&gone, &added, &[&by_name]);
        // A removed input is another input of the same name.
        let is_other = |(was, now): &(&&CallInput<'_>, &&CallInput<'_>)| {
            self.accepts(&was.input.accepted, &now.input.accepted) == Some(Class::Compile)
        };
        let (other, moved): (Vec<_>, Vec<_>) = rest.kept.into_iter().partition(is_other);
        for (was, now) in moved {
            let what = now.role().then(" {} is sent as {}, was {}", &[&now.name(), &now.goal, &was.goal]);
            self.report(&now.about(about), Class::Wire, "", what.then(SAME_TYPE, &[]));
        }
        for was in rest.gone.into_iter().chain(other.iter().map(|(was, _)| *was)) {
            let what = was.role().then(" {} removed", &[&was.name()]);
            // Compiled programs continue to send it, and the server ignores it: a list is no longer filtered.
            let is_unknown = !operation.takes(&was.goal);
            self.gone(Class::Compile, &was.spec.pointer, about.subject.clone(), what).on_the_wire_if(is_unknown);
        }
        for now in rest.added.into_iter().chain(other.iter().map(|(_, now)| *now)) {
            let declared = format!("{}: {}", now.name(), self.new.text(&now.input.accepted.ty));
            let class = if now.role == Role::Setter { Class::Additive } else { Class::Compile };
            let what = now.role().then(" {} added", &[&declared]);
            self.report(&now.about(about), class, "", what).on_the_wire_if(class == Class::Compile);
        }
    }

    fn input(&mut self, about: &About, was: &CallInput<'_>, now: &CallInput<'_>) {
        // `accepts` has the type; the storage is private. The destination is the goal.
        let Input { ident, ty: _, accepted, kept: _, parameter: _, body: _ } = now.input;
        // The name is the input's name in Rust; documentation and limits are those of the parameter or property.
        let ir::Input {
            name: _,
            rust_name: _,
            pointer: _,
            named_at: _,
            docs: _,
            ty,
            required: _,
            boxed: _,
            parameter,
            body: _,
        } = now.spec;
        let (about, name) = (&now.about(about), now.name());
        if was.role != now.role {
            let what = Text::new("{} is passed as ", &[&name]).followed(now.role()).then(", was ", &[]);
            let is_tighter = parameter.is_some() && was.role == Role::Setter;
            self.report(about, Class::Compile, "", what.followed(was.role())).on_the_wire_if(is_tighter);
            return;
        }
        if was.input.ident != *ident {
            let what = now.role().then(" {} renamed, was {}", &[&name, &was.name()]);
            self.report(about, if now.role == Role::Argument { Class::Docs } else { Class::Compile }, "", what);
        }
        if let Some(class) = self.accepts(&was.input.accepted, accepted) {
            let [after, before] = [self.new.text(&accepted.ty), self.old.text(&was.input.accepted.ty)];
            let what = now.role().then(" {} takes {}, was {}", &[&name, &after, &before]);
            let is_other_json = class == Class::Compile && !self.same_json(&was.spec.ty, ty);
            self.report(about, class, "", what).on_the_wire_if(is_other_json);
        }
        if was.also != now.also {
            let [after, before] =
                [now, was].map(|side| side.also.as_ref().map_or_else(|| "nothing".to_owned(), Goal::to_string));
            let what = Text::new("{} is also sent as {}, was {}", &[&name, &after, &before]);
            self.report(about, Class::Wire, "", what);
        }
    }

    /// Compares the pairs of inputs that must differ, of those that both sides have: a call with the same value for
    /// both fails before it is sent.
    fn distinct(&mut self, about: &About, old: Operation<'_>, new: Operation<'_>) {
        let goals = |call: Operation<'_>| -> BTreeSet<Goal> {
            (0..call.call.inputs.len()).map(|index| call.input(Role::Setter, 0, index).goal).collect()
        };
        let both: BTreeSet<Goal> = goals(old).intersection(&goals(new)).cloned().collect();
        let [before, after] = [old, new].map(|call| {
            let pairs = call.call.distinct.iter().map(|(one, other)| [*one, *other]);
            let pairs = pairs.map(|pair| pair.map(|index| call.input(Role::Setter, 0, index).goal));
            pairs.filter(|pair| pair.iter().all(|goal| both.contains(goal))).collect::<Vec<_>>()
        });
        let pairs = matched(&before, &after, &[&|_, pair: &[Goal; 2]| Some(pair.clone())]);
        for [one, other] in pairs.gone {
            let what = Text::new("accepts the same value for {} and {}", &[one, other]);
            self.report(about, Class::Additive, "", what);
        }
        for [one, other] in pairs.added {
            let what = Text::new("no longer accepts the same value for {} and {}", &[one, other]);
            self.report(about, Class::Wire, "", what);
        }
    }

    /// Compares the way to call with a whole body. Its other inputs are reported with the other way.
    fn with_body(&mut self, about: &About, old: Operation<'_>, new: Operation<'_>) {
        let about = [old, new].map(|call| About::new(about.subject.clone(), &call.spec.pointer.key("requestBody")));
        let name = |way: &Way| Text::name(&way.method.unraw());
        let ways = [old.call.with_body.as_ref(), new.call.with_body.as_ref()];
        let Some((was, now)) = self.both(&about, ways, Class::Additive, name) else { return };
        if old.call.way.method == new.call.way.method {
            let methods: [&dyn Display; 2] = [&now.method.unraw(), &was.method.unraw()];
            self.differs(&about[1], Class::Compile, "", "{} renamed, was {}", methods);
        }
        let [before, after] = [(old, was), (new, now)].map(|(call, way)| {
            let input = call.arguments_and_steps(way).into_iter();
            input.filter(|input| input.goal == Goal::Body(Vec::new())).collect::<Vec<_>>()
        });
        self.inputs(&About { subject: name(now), ..about[1].clone() }, new, &before, &after);
    }

    fn choice(&mut self, about: &About, old: Operation<'_>, new: Operation<'_>) {
        let about = [old.spec, new.spec].map(|spec| match &spec.call.choice {
            // The surface has the rest.
            Some(ir::Choice { name: _, pointer, parameters: _ }) => About::new(about.subject.clone(), pointer),
            None => about.clone(),
        });
        let choices = [old.call.choice.as_ref(), new.call.choice.as_ref()];
        let what =
            |choice: &Choice| Text::new("argument 0 {}", &[&format!("{}: {}", choice.argument.unraw(), choice.ident)]);
        let Some((was, now)) = self.both(&about, choices, Class::Compile, what) else { return };
        // The name of the argument follows from the type. The members are below.
        let Choice { ident, argument: _, members: _ } = now;
        let [_, about] = about;
        self.differs(&about, Class::Compile, "", "argument 0 takes {}, was {}", [ident, &was.ident]);
        let about = About { subject: Text::name(ident), ..about };
        let (before, after) = (members(old, was), members(new, now));
        let members = matched(&before, &after, &[&|_, (parameter, _): &Member<'_>| Some(parameter.name.clone())]);
        self.order(&members, &about, "", "parameters are in another order");
        for (parameter, member) in &members.gone {
            let what = Text::new("{} removed", &[&member.ident.unraw()]);
            self.gone(Class::Compile, &parameter.pointer, about.subject.clone(), what);
        }
        for (parameter, member) in &members.added {
            let declared = format!("{}: {}", member.ident.unraw(), self.new.text(&member.ty));
            let about = About::new(about.subject.clone(), &parameter.pointer);
            self.report(&about, Class::Additive, "", Text::new("{} added", &[&declared]));
        }
        for ((old_parameter, was), (parameter, now)) in &members.kept {
            // Two methods have its name; the type determines what they accept.
            let ChoiceMember { parameter: _, ident, and: _, ty, accepted: _, converts } = now;
            let about = &About::new(about.subject.clone(), &parameter.pointer);
            let (name, text) = (ident.unraw(), self.new.text(ty));
            self.differs(about, Class::Compile, "", "{} renamed, was {}", [&name, &was.ident.unraw()]);
            if let Some(class) = self.retyped(&was.ty, ty) {
                let is_other_json = class == Class::Compile && !self.same_json(&old_parameter.ty, &parameter.ty);
                let what = Text::new("{} takes {}, was {}", &[&name, &text, &self.old.text(&was.ty)]);
                self.report(about, class, "", what).on_the_wire_if(is_other_json);
            }
            if was.converts && !converts {
                self.report(about, Class::Compile, "", Text::new("{} no longer converts by itself", &[&text]));
            }
        }
    }
}

impl<'a> Operation<'a> {
    /// Returns the inputs of a way to begin the call.
    fn arguments_and_steps(self, way: &Way) -> Vec<CallInput<'a>> {
        let Way { method: _, arguments, steps, body: _ } = way; // … the body is composed of the inputs
        let arguments = arguments.iter().enumerate().map(|(place, input)| (Role::Argument, place, *input));
        let steps = steps.iter().enumerate().map(|(place, step)| {
            let Step { input, state: _ } = step; // … the name of the state is composed of those of the call and the step
            (Role::Step, place, *input)
        });
        arguments.chain(steps).map(|(role, place, input)| self.input(role, place, input)).collect()
    }

    fn setters(self) -> Vec<CallInput<'a>> {
        let setters = self.call.setters.iter().enumerate();
        setters.map(|(place, input)| self.input(Role::Setter, place, *input)).collect()
    }

    /// Whether its request has such a place, however it is filled.
    fn takes(self, goal: &Goal) -> bool {
        let mut parameters = self.spec.parameters.iter().enumerate();
        parameters.any(|(place, parameter)| Goal::parameter(place, parameter) == *goal)
            || matches!((goal, &self.spec.body), (Goal::Body(names), Some(body))
                if names.is_empty() || self.side.api.types.path(&body.content.ty, names.iter().map(String::as_str)).is_some())
    }

    fn input(self, role: Role, place: usize, index: usize) -> CallInput<'a> {
        let (input, spec) = (self.call.input(index), &self.spec.call.inputs[index]);
        let body = input.body.as_ref().map(|part| match part {
            BodyPart::Whole => Goal::Body(Vec::new()),
            BodyPart::Field(path) => Goal::Body(self.side.names(path)),
        });
        let parameter = input.parameter.map(|index| Goal::parameter(index, &self.spec.parameters[index]));
        let (goal, also) = match parameter {
            Some(parameter) => (parameter, body),
            None => (body.unwrap_or(Goal::Body(Vec::new())), None),
        };
        CallInput { role, number: place.saturating_add(1), goal, also, input, spec }
    }
}

impl Goal {
    pub(super) fn parameter(place: usize, parameter: &Parameter) -> Self {
        match parameter.location {
            // Path parameters come first.
            Location::Path => Self::Path(place),
            Location::Query => Self::Query(parameter.name.clone()),
            Location::Header => Self::Header(parameter.name.to_ascii_lowercase()),
            Location::Cookie => Self::Cookie(parameter.name.clone()),
            Location::Part => Self::Part(parameter.name.clone()),
        }
    }
}

/// Printed in the terms of the spec.
impl Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(place) => write!(f, "parameter {} of the path", place.saturating_add(1)),
            Self::Query(name) => f.write_str(name),
            Self::Header(name) => write!(f, "the header {name}"),
            Self::Cookie(name) => write!(f, "the cookie {name}"),
            Self::Part(name) => write!(f, "the part {name}"),
            Self::Body(names) if names.is_empty() => f.write_str("body"),
            Self::Body(names) => f.write_str(&names.join(".")),
        }
    }
}

impl CallInput<'_> {
    fn name(&self) -> &str {
        self.input.ident.unraw()
    }

    fn about(&self, call: &About) -> About {
        About::new(call.subject.clone(), &self.spec.pointer)
    }

    fn role(&self) -> Text {
        match self.role {
            Role::Argument => Text::new("argument {#}", &[&self.number]),
            Role::Step => Text::new("step {#}", &[&self.number]),
            Role::Setter => Text::new("setter", &[]),
        }
    }
}

fn of<'s, 'a>(role: Role, input: impl IntoIterator<Item = &'s CallInput<'a>>) -> Vec<&'s CallInput<'a>> {
    input.into_iter().filter(|input| input.role == role).collect()
}

fn by_goal<'s, 'a>(old: &'s [&'s CallInput<'a>], new: &'s [&'s CallInput<'a>]) -> Matched<'s, &'s CallInput<'a>> {
    matched(old, new, &[&|_, input: &&CallInput<'_>| Some(input.goal.clone())])
}

fn members<'a>(call: Operation<'a>, choice: &'a Choice) -> Vec<Member<'a>> {
    choice.members.iter().map(|member| (&call.spec.parameters[member.parameter], member)).collect()
}

//! Calls: what a caller is asked for, and where it goes.
//!
//! Arguments are known to callers by their position and type, steps and setters by their name. An input is the same on
//! both sides if it goes to the same place of the request. So an argument that another input of the same type has taken
//! the place of is a change that no compiler sees.

use std::fmt;

use proc_macro2::Ident;
use syn::ext::IdentExt as _;

use super::lists::{Matched, matched};
use super::operations::Operation;
use super::{Class, Comparison, Spot, Text};
use crate::ir::{self, BodyPart, Location, Parameter};
use crate::surface::{Choice, ChoiceMember, Input, Step, Way};

/// Where an input goes, which tells it from the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Goal {
    /// The place in the path, counted from 0.
    Path(usize),
    /// The name in the query.
    Query(String),
    /// The names of the fields that lead there; none for the whole body.
    Body(Vec<String>),
}

/// How a caller gives an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    /// By position.
    Argument,
    /// By name, before there is a call.
    Step,
    /// By name, or not at all.
    Setter,
}

/// An input of a call.
#[derive(Clone)]
struct Asked<'a> {
    role: Role,
    /// The place among those of its role, counted from 1.
    number: usize,
    goal: Goal,
    /// The part of the body that a parameter goes to as well.
    also: Option<Goal>,
    input: &'a Input,
    spec: &'a ir::Input,
}

/// A parameter of a choice.
type Member<'a> = (&'a Parameter, &'a ChoiceMember);

const SAME_TYPE: &str = ", and has the same type, so that old calls compile";

impl Comparison<'_> {
    pub(super) fn call(&mut self, subject: &Text, old: Operation<'_>, new: Operation<'_>) {
        // The surface has made arguments, steps and setters of it.
        let ir::Call { choice: _, inputs: _, required: _, with_body: _, setters: _ } = &new.spec.call;
        self.choice(subject, old, new);
        let [before, after] = [old, new].map(|call| [call.asked(&call.call.way), call.setters()].concat());
        self.arguments(subject, &of(Role::Argument, &before), &of(Role::Argument, &after));
        if let Some((_, now)) = by_goal(&of(Role::Step, &before), &of(Role::Step, &after)).moved() {
            let what = Text::new("steps come in another order: {} comes earlier", &[&now.input.ident.unraw()]);
            self.note(Class::Compile, Spot::value(&now.spec.pointer), subject, what);
        }
        self.inputs(subject, &before, &after);
        self.distinct(subject, old, new);
        self.with_body(subject, old, new);
    }

    /// Compares which inputs may not have the same value: a call that gives them one fails before it is sent.
    fn distinct(&mut self, subject: &Text, old: Operation<'_>, new: Operation<'_>) {
        let [before, after] = [old, new].map(|call| {
            let goal = |index: usize| call.input(Role::Argument, 0, index).goal;
            call.call.distinct.iter().map(|(one, other)| [goal(*one), goal(*other)]).collect::<Vec<_>>()
        });
        let pairs = matched(&before, &after, &[&|_, pair: &[Goal; 2]| Some(pair.clone())]);
        for [one, other] in pairs.gone {
            let what = Text::new("takes one value for both {} and {}", &[one, other]);
            self.note(Class::Additive, Spot::new(&new.spec.pointer), subject, what);
        }
        for [one, other] in pairs.added {
            let what = Text::new("no longer takes one value for both {} and {}", &[one, other]);
            self.note(Class::Wire, Spot::new(&new.spec.pointer), subject, what);
        }
    }

    /// Compares the arguments by position: they are given without a name.
    fn arguments(&mut self, subject: &Text, old: &[&Asked<'_>], new: &[&Asked<'_>]) {
        if self.accept_alike(old, new) {
            for (was, now) in old.iter().zip(new).filter(|(was, now)| was.goal != now.goal) {
                let what = now.role().then(" goes to {}, was {}", &[&now.goal, &was.goal]).then(SAME_TYPE, &[]);
                self.note(Class::Wire, Spot::value(&now.spec.pointer), subject, what);
            }
        } else if let Some((was, now)) = by_goal(old, new).moved() {
            let what = Text::new("arguments stand in another order: {} where {} was", &[&now.goal, &was.goal]);
            // Where the compiler finds out the types, as in `text.parse()?`, it finds out the new ones.
            self.note(Class::Compile, Spot::value(&now.spec.pointer), subject, what).on_the_wire_if(true);
        }
    }

    fn accept_alike(&self, old: &[&Asked<'_>], new: &[&Asked<'_>]) -> bool {
        let [old, new] = [old, new].map(|side| side.iter().map(|asked| &asked.input.accepted).collect::<Vec<_>>());
        self.all_accepted(&old, &new)
    }

    /// Compares what goes to one place of the request, whichever way it is given.
    fn inputs(&mut self, subject: &Text, old: &[Asked<'_>], new: &[Asked<'_>]) {
        let [before, after] = [old, new].map(|side| side.iter().collect::<Vec<_>>());
        let inputs = by_goal(&before, &after);
        for (was, now) in &inputs.kept {
            self.input(subject, was, now);
        }
        // What has taken the place of another argument of the same type is told by position.
        let is_told = self.accept_alike(&of(Role::Argument, old), &of(Role::Argument, new));
        let is_untold = |asked: &&Asked<'_>| !is_told || asked.role != Role::Argument;
        let gone: Vec<&Asked<'_>> = inputs.gone.into_iter().copied().filter(is_untold).collect();
        let added: Vec<&Asked<'_>> = inputs.added.into_iter().copied().filter(is_untold).collect();
        let by_name = |_: usize, asked: &&Asked<'_>| {
            (asked.role != Role::Argument).then(|| (asked.role, asked.input.ident.to_string()))
        };
        let mut rest = matched(&gone, &added, &[&by_name]);
        for (was, now) in std::mem::take(&mut rest.kept) {
            if self.accepts(&was.input.accepted, &now.input.accepted) == Some(Class::Compile) {
                rest.gone.push(was);
                rest.added.push(now);
                continue;
            }
            let what = now.role().then(" {} goes to {}, was {}", &[&now.name(), &now.goal, &was.goal]);
            self.note(Class::Wire, Spot::new(&now.spec.pointer), subject, what.then(SAME_TYPE, &[]));
        }
        for was in rest.gone {
            let what = was.role().then(" {} removed", &[&was.name()]);
            self.note(Class::Compile, Spot::old(&was.spec.pointer), subject, what);
        }
        for now in rest.added {
            let ty = self.new.surface.text(&now.input.accepted.ty);
            let what = now.role().then(" {} added", &[&format!("{}: {ty}", now.name())]);
            let is_needed = now.role != Role::Setter;
            let class = if is_needed { Class::Compile } else { Class::Additive };
            self.note(class, Spot::new(&now.spec.pointer), subject, what).on_the_wire_if(is_needed);
        }
    }

    fn input(&mut self, subject: &Text, was: &Asked<'_>, now: &Asked<'_>) {
        // What is accepted has the type; how it is kept is private. Where it goes is its goal.
        let Input { ident, ty: _, accepted, kept: _, parameter: _, body: _ } = now.input;
        // The name is the input's name in Rust; docs and limits are those of the parameter or property.
        let ir::Input { name: _, rust_name: _, pointer, docs: _, ty, required: _, boxed: _, parameter, body: _ } =
            now.spec;
        let spot = || Spot::new(pointer);
        if was.role != now.role {
            let what = Text::new("{} is given as ", &[&now.name()]).followed(now.role()).then(", was ", &[]);
            let is_tighter = parameter.is_some() && was.role == Role::Setter;
            self.note(Class::Compile, spot(), subject, what.followed(was.role())).on_the_wire_if(is_tighter);
            return;
        }
        if was.input.ident != *ident {
            let what = now.role().then(" {} renamed, was {}", &[&now.name(), &was.name()]);
            let class = if now.role == Role::Argument { Class::Docs } else { Class::Compile };
            self.note(class, spot(), subject, what);
        }
        if let Some(class) = self.accepts(&was.input.accepted, accepted) {
            let types = [self.new.surface.text(&accepted.ty), self.old.surface.text(&was.input.accepted.ty)];
            let what = now.role().then(" {} takes {}, was {}", &[&now.name(), &types[0], &types[1]]);
            let is_other_json = class == Class::Compile && !self.same_json(&was.spec.ty, ty);
            self.note(class, spot(), subject, what).on_the_wire_if(is_other_json);
        }
        if was.also != now.also {
            let text = |goal: &Option<Goal>| goal.as_ref().map_or_else(|| "nowhere".to_owned(), Goal::to_string);
            let what = Text::new("{} also goes to {}, was {}", &[&now.name(), &text(&now.also), &text(&was.also)]);
            self.note(Class::Wire, spot(), subject, what);
        }
    }

    /// The way to call with a whole body. What it asks for besides is told with the other way.
    fn with_body(&mut self, subject: &Text, old: Operation<'_>, new: Operation<'_>) {
        let [old_at, at] = [old, new].map(|call| call.spec.pointer.key("requestBody"));
        let ways = (old.call.with_body.as_ref(), new.call.with_body.as_ref());
        let what = |way: &Way| Text::name(&way.method.unraw());
        let Some((was, now)) = self.both(subject, ways, (&old_at, &at), Class::Additive, &what) else { return };
        if old.call.way.method == new.call.way.method {
            let methods = [&now.method.unraw(), &was.method.unraw()];
            self.differs(Class::Compile, Spot::new(&at), subject, "{} renamed, was {}", methods);
        }
        let [before, after] = [(old, was), (new, now)].map(|(call, way)| {
            let asked = call.asked(way).into_iter();
            asked.filter(|asked| asked.goal == Goal::Body(Vec::new())).collect::<Vec<_>>()
        });
        self.inputs(&what(now), &before, &after);
    }

    fn choice(&mut self, subject: &Text, old: Operation<'_>, new: Operation<'_>) {
        let [old_at, at] = [old.spec, new.spec].map(|spec| match &spec.call.choice {
            Some(ir::Choice { name: _, pointer, parameters: _ }) => pointer, // the rest is the surface's
            None => &spec.pointer,
        });
        let choices = (old.call.choice.as_ref(), new.call.choice.as_ref());
        let what =
            |choice: &Choice| Text::new("argument 0 {}", &[&format!("{}: {}", choice.argument.unraw(), choice.ident)]);
        let both = self.both(subject, choices, (old_at, at), Class::Compile, &what);
        let Some((was, now)) = both else { return };
        let Choice { ident, argument, members: _ } = now; // below
        let spot = || Spot::new(at);
        let _ = self.differs(Class::Compile, spot(), subject, "argument 0 takes {}, was {}", [ident, &was.ident])
            || self.differs(Class::Docs, spot(), subject, "argument 0 is called {}, was {}", [argument, &was.argument]);
        let (before, after) = (members(old, was), members(new, now));
        let members = matched(&before, &after, &[&|_, (parameter, _): &Member<'_>| Some(parameter.name.clone())]);
        let subject = &Text::name(ident);
        for (parameter, member) in &members.gone {
            let what = Text::new("{} removed", &[&member.ident.unraw()]);
            self.note(Class::Compile, Spot::old(&parameter.pointer), subject, what);
        }
        for (parameter, member) in &members.added {
            let ty = self.new.surface.text(&member.ty);
            let what = Text::new("{} added", &[&format!("{}: {ty}", member.ident.unraw())]);
            self.note(Class::Additive, Spot::new(&parameter.pointer), subject, what);
        }
        for ((old_parameter, was), (parameter, now)) in &members.kept {
            // Two methods have its name; what they accept follows from the type.
            let ChoiceMember { parameter: _, ident, and: _, ty, accepted: _, converts } = now;
            let spot = || Spot::new(&parameter.pointer);
            let (name, text) = (ident.unraw(), self.new.surface.text(ty));
            self.differs(Class::Compile, spot(), subject, "{} renamed, was {}", [&name, &was.ident.unraw()]);
            if let Some(class) = self.retyped(&was.ty, ty) {
                let is_other_json = class == Class::Compile && !self.same_json(&old_parameter.ty, &parameter.ty);
                let what = Text::new("{} takes {}, was {}", &[&name, &text, &self.old.surface.text(&was.ty)]);
                self.note(class, spot(), subject, what).on_the_wire_if(is_other_json);
            }
            if was.converts && !converts {
                let what = Text::new("{} no longer becomes one by itself", &[&text]);
                self.note(Class::Compile, spot(), subject, what);
            }
        }
        self.order(&members, spot(), subject, "parameters stand in another order");
    }
}

impl<'a> Operation<'a> {
    /// What a way to begin the call asks for.
    fn asked(self, way: &Way) -> Vec<Asked<'a>> {
        let Way { method: _, arguments, steps, body: _ } = way; // the body is put together from what is asked for
        let arguments = arguments.iter().enumerate().map(|(place, input)| (Role::Argument, place, *input));
        let steps = steps.iter().enumerate().map(|(place, step)| {
            let Step { input, state: _ } = step; // the state's name is made of the call's and the step's
            (Role::Step, place, *input)
        });
        arguments.chain(steps).map(|(role, place, input)| self.input(role, place, input)).collect()
    }

    fn setters(self) -> Vec<Asked<'a>> {
        let setters = self.call.setters.iter().enumerate();
        setters.map(|(place, input)| self.input(Role::Setter, place, *input)).collect()
    }

    fn input(self, role: Role, place: usize, index: usize) -> Asked<'a> {
        let (input, spec) = (self.call.input(index), &self.spec.call.inputs[index]);
        let body = input.body.as_ref().map(|part| match part {
            BodyPart::Whole => Goal::Body(Vec::new()),
            BodyPart::Field(path) => {
                Goal::Body(self.side.api.types.names(path).into_iter().map(ToOwned::to_owned).collect())
            }
        });
        let parameter = input.parameter.map(|index| Goal::parameter(index, &self.spec.parameters[index]));
        let (goal, also) = match parameter {
            Some(parameter) => (parameter, body),
            None => (body.unwrap_or(Goal::Body(Vec::new())), None),
        };
        Asked { role, number: place.saturating_add(1), goal, also, input, spec }
    }
}

impl Goal {
    pub(super) fn parameter(place: usize, parameter: &Parameter) -> Self {
        match parameter.location {
            // Those of the path come first.
            Location::Path => Self::Path(place),
            Location::Query => Self::Query(parameter.name.clone()),
        }
    }
}

/// As a reader of the spec writes it.
impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(place) => write!(f, "parameter {} of the path", place.saturating_add(1)),
            Self::Query(name) => f.write_str(name),
            Self::Body(names) if names.is_empty() => f.write_str("body"),
            Self::Body(names) => f.write_str(&names.join(".")),
        }
    }
}

impl Asked<'_> {
    fn name(&self) -> Ident {
        self.input.ident.unraw()
    }

    fn role(&self) -> Text {
        match self.role {
            Role::Argument => Text::new("argument {#}", &[&self.number]),
            Role::Step => Text::new("step {#}", &[&self.number]),
            Role::Setter => Text::new("setter", &[]),
        }
    }
}

fn of<'s, 'a>(role: Role, asked: impl IntoIterator<Item = &'s Asked<'a>>) -> Vec<&'s Asked<'a>> {
    asked.into_iter().filter(|asked| asked.role == role).collect()
}

fn by_goal<'s, 'a>(old: &'s [&'s Asked<'a>], new: &'s [&'s Asked<'a>]) -> Matched<'s, &'s Asked<'a>> {
    matched(old, new, &[&|_, asked: &&Asked<'_>| Some(asked.goal.clone())])
}

fn members<'a>(call: Operation<'a>, choice: &'a Choice) -> Vec<Member<'a>> {
    choice.members.iter().map(|member| (&call.spec.parameters[member.parameter], member)).collect()
}

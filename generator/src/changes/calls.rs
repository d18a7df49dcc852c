//! Calls: what a caller is asked for, and where it goes.
//!
//! Arguments are known to callers by their position and type, steps and setters by their name. An input is the same on
//! both sides if it goes to the same place of the request. So an argument that another input of the same type has taken
//! the place of is a change that no compiler sees.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;

use super::operations::{Key, key};
use super::pairs::unboxed;
use super::{Class, Comparison, Side, Spot, Text};
use crate::ir::{BodyPart, Call, Choice, Input, Operation, Parameter, Presence, Required, TypeRef};
use crate::names::{ChoiceNames, OperationNames, RequiredNames, StepNames};

/// Where an input goes, which tells it from the others.
#[derive(Clone, Debug, PartialEq)]
enum Goal {
    Parameter(Key),
    Body(BodyPart),
}

/// How a caller gives an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// By position, counted from 0.
    Argument(usize),
    /// By name, in this place of the chain.
    Step(usize),
    /// By name, or not at all.
    Setter,
}

/// An input of a call.
struct Asked<'a> {
    goal: Goal,
    role: Role,
    name: &'a Ident,
    input: &'a Input,
}

/// One side of an operation.
type Called<'a> = (&'a Operation, &'a Call, &'a OperationNames);

impl<'a> Comparison<'a> {
    pub(super) fn call(&mut self, subject: &Text, old: Called<'a>, new: Called<'a>) {
        let ((old_operation, old, old_names), (operation, new, names)) = (old, new);
        let Call { choice, required, with_body, setters } = new;
        let RequiredNames { arguments: _, steps: _ } = &names.required; // zipped with the inputs below
        self.choice(
            subject,
            (old_operation, old.choice.as_ref(), old_names.choice.as_ref()),
            (operation, choice.as_ref(), names.choice.as_ref()),
        );

        let mut before = asked(old_operation, &old.required, &old_names.required);
        let mut after = asked(operation, required, &names.required);
        self.required(subject, &before, &after);
        before.extend(set(old_operation, &old.setters, &old_names.setters));
        after.extend(set(operation, setters, &names.setters));
        self.inputs(subject, &before, &after);
        self.with_body(
            subject,
            (old_operation, old.with_body.as_ref(), old_names),
            (operation, with_body.as_ref(), names),
        );
    }

    /// Compares the arguments by position, where they are given without a name.
    fn required(&mut self, subject: &Text, old: &[Asked<'a>], new: &[Asked<'a>]) {
        let (old_arguments, arguments) = (positional(old), positional(new));
        let is_accepted = old_arguments.len() == arguments.len()
            && old_arguments.iter().zip(&arguments).all(|(old, new)| self.same_accepted(old.input, new.input));
        let kept = |side: &[&Asked<'a>], other: &[&Asked<'a>]| -> Vec<Goal> {
            let goals = side.iter().map(|asked| &asked.goal);
            goals.filter(|goal| other.iter().any(|asked| asked.goal == **goal)).cloned().collect()
        };
        let (before, after) = (kept(&old_arguments, &arguments), kept(&arguments, &old_arguments));
        if is_accepted {
            for (index, (was, now)) in old_arguments.iter().zip(&arguments).enumerate() {
                if was.goal != now.goal {
                    let number = index.saturating_add(1);
                    let what =
                        Text::new("argument {#} goes to {}, was {}", &[&number, &shown(&now.goal), &shown(&was.goal)])
                            .then(", and has the same type, so that old calls compile", &[]);
                    self.note(Class::Wire, Spot::value(&now.input.pointer), subject, what);
                }
            }
        } else if let Some((was, now)) = before.iter().zip(&after).find(|(was, now)| was != now) {
            let what = Text::new("arguments stand in another order: {} where {} was", &[&shown(now), &shown(was)]);
            let place = arguments.iter().find(|asked| asked.goal == *now).map(|asked| &asked.input.pointer);
            if let Some(place) = place {
                // Where the compiler finds out the types, as in `text.parse()?`, it finds out the new ones.
                self.note(Class::Compile, Spot::value(place), subject, what).on_the_wire_if(true);
            }
        }
        let (old_steps, steps) = (steps(old), steps(new));
        let (before, after) = (kept(&old_steps, &steps), kept(&steps, &old_steps));
        if let Some((_, now)) = before.iter().zip(&after).find(|(was, now)| was != now)
            && let Some(step) = steps.iter().find(|asked| asked.goal == *now)
        {
            let what = Text::new("steps come in another order: {} comes earlier", &[&step.name.unraw()]);
            self.note(Class::Compile, Spot::value(&step.input.pointer), subject, what);
        }
    }

    /// Compares what goes to one place of the request, whichever way it is given.
    fn inputs(&mut self, subject: &Text, old: &[Asked<'a>], new: &[Asked<'a>]) {
        // Said by position.
        let is_said = |asked: &Asked<'a>| matches!(asked.role, Role::Argument(_)) && self.accepts_alike(old, new);
        let gone: Vec<&Asked<'a>> = old.iter().filter(|was| new.iter().all(|now| now.goal != was.goal)).collect();
        let fresh: Vec<&Asked<'a>> = new.iter().filter(|now| old.iter().all(|was| was.goal != now.goal)).collect();
        let gone: Vec<&Asked<'a>> = gone.into_iter().filter(|was| !is_said(was)).collect();
        let fresh: Vec<&Asked<'a>> = fresh.into_iter().filter(|now| !is_said(now)).collect();
        let is_moved = |was: &Asked<'a>, now: &Asked<'a>| {
            let is_named = !matches!(was.role, Role::Argument(_)) && was.name == now.name;
            is_named && is_alike(was.role, now.role) && self.same_accepted(was.input, now.input)
        };
        let moved: Vec<(&Asked<'a>, &Asked<'a>)> =
            gone.iter().filter_map(|was| fresh.iter().find(|now| is_moved(was, now)).map(|now| (*was, *now))).collect();
        for (was, now) in &moved {
            let what = Text::role(now.role)
                .then(" {} goes to {}, was {}", &[&now.name.unraw(), &shown(&now.goal), &shown(&was.goal)])
                .then(", and has the same type, so that old calls compile", &[]);
            self.note(Class::Wire, Spot::New(place(now)), subject, what);
        }
        for was in gone.iter().filter(|was| moved.iter().all(|(known, _)| known.goal != was.goal)) {
            let what = Text::role(was.role).then(" {} removed", &[&was.name.unraw()]);
            self.note(Class::Compile, Spot::Old(place(was)), subject, what);
        }
        for now in fresh.iter().filter(|now| moved.iter().all(|(_, known)| known.goal != now.goal)) {
            let ty = self.accepted(self.new, now.input);
            let what = Text::role(now.role).then(" {} added", &[&format!("{}: {ty}", now.name.unraw())]);
            let is_needed = now.role != Role::Setter;
            let class = if is_needed { Class::Compile } else { Class::Additive };
            self.note(class, Spot::New(place(now)), subject, what).on_the_wire_if(is_needed);
        }
        for now in new {
            if let Some(was) = old.iter().find(|was| was.goal == now.goal) {
                self.input(subject, was, now);
            }
        }
    }

    fn input(&mut self, subject: &Text, was: &Asked<'a>, now: &Asked<'a>) {
        // The name is the input's name in Rust; docs and limits are those of the parameter or property.
        let Input { name: _, rust_name: _, pointer: _, docs: _, ty, presence, parameter, body } = now.input;
        let name = now.name.unraw();
        let spot = || Spot::New(place(now));
        let is_tighter = parameter.is_some() && was.role == Role::Setter && now.role != Role::Setter;
        let is_other_json = !self.same_json(&was.input.ty, ty);
        if !is_alike(was.role, now.role) {
            let what =
                Text::new("{} is given as ", &[&name]).role_name(now.role).then(", was ", &[]).role_name(was.role);
            self.note(Class::Compile, spot(), subject, what).on_the_wire_if(is_tighter);
            return;
        }
        let is_renamed = was.name != now.name;
        if is_renamed {
            let what = Text::role(now.role).then(" {} renamed, was {}", &[&name, &was.name.unraw()]);
            let is_seen = !matches!(now.role, Role::Argument(_));
            self.note(if is_seen { Class::Compile } else { Class::Docs }, spot(), subject, what);
        }
        if !self.same_accepted(was.input, now.input) {
            let class = if self.same_by_another_name(&was.input.ty, ty) && was.input.presence == *presence {
                Class::Docs
            } else {
                Class::Compile
            };
            let (after, before) = (self.accepted(self.new, now.input), self.accepted(self.old, was.input));
            let what = Text::role(now.role).then(" {} takes {}, was {}", &[&name, &after, &before]);
            self.note(class, spot(), subject, what).on_the_wire_if(class == Class::Compile && is_other_json);
        }
        if was.input.body != *body && matches!(now.goal, Goal::Parameter(_)) {
            let text = |part: &Option<BodyPart>| part.as_ref().map_or_else(|| "nowhere".to_owned(), part_text);
            let what = Text::new("{} also goes to {}, was {}", &[&name, &text(body), &text(&was.input.body)]);
            self.note(Class::Wire, spot(), subject, what);
        }
    }

    /// The way to call with a whole body. What it asks for besides is told with the other way.
    fn with_body(
        &mut self,
        subject: &Text,
        old: (&'a Operation, Option<&'a Required>, &'a OperationNames),
        new: (&'a Operation, Option<&'a Required>, &'a OperationNames),
    ) {
        let ((old_operation, old, old_names), (operation, new, names)) = (old, new);
        let at = operation.pointer.key("requestBody");
        match (old.zip(old_names.method_with_body.as_ref()), new.zip(names.method_with_body.as_ref())) {
            (None, None) => {}
            (None, Some((_, method))) => {
                let what = Text::new("{} added", &[&method.unraw()]);
                self.note(Class::Additive, Spot::new(&at), subject, what);
            }
            (Some((_, method)), None) => {
                let what = Text::new("{} removed", &[&method.unraw()]);
                self.note(Class::Compile, Spot::old(&old_operation.pointer.key("requestBody")), subject, what);
            }
            (Some((old, old_method)), Some((new, method))) => {
                if old_method != method && old_names.method == names.method {
                    let what = Text::new("{} renamed, was {}", &[&method.unraw(), &old_method.unraw()]);
                    self.note(Class::Compile, Spot::new(&at), subject, what);
                }
                let subject = Text::name(&method.unraw());
                let is_body = |asked: &Asked<'a>| asked.goal == Goal::Body(BodyPart::Whole);
                let body = |asked: Vec<Asked<'a>>| asked.into_iter().filter(is_body).collect::<Vec<_>>();
                let before = body(asked(old_operation, old, &old_names.with_body));
                let after = body(asked(operation, new, &names.with_body));
                self.inputs(&subject, &before, &after);
            }
        }
    }

    fn choice(
        &mut self,
        subject: &Text,
        old: (&Operation, Option<&Choice>, Option<&ChoiceNames>),
        new: (&Operation, Option<&Choice>, Option<&ChoiceNames>),
    ) {
        let ((old_operation, old, old_names), (operation, new, names)) = (old, new);
        let (old, new) = match (old.zip(old_names), new.zip(names)) {
            (None, None) => return,
            (None, Some((choice, names))) => {
                let what = Text::new("argument 0 {} added", &[&format!("{}: {}", names.argument.unraw(), names.ident)]);
                self.note(Class::Compile, Spot::new(&choice.pointer), subject, what).on_the_wire_if(true);
                return;
            }
            (Some((choice, names)), None) => {
                let what =
                    Text::new("argument 0 {} removed", &[&format!("{}: {}", names.argument.unraw(), names.ident)]);
                self.note(Class::Compile, Spot::old(&choice.pointer), subject, what);
                return;
            }
            (Some(old), Some(new)) => (old, new),
        };
        let ((old, old_names), (new, new_names)) = (old, new);
        // The name has become the type's.
        let Choice { name: _, pointer, parameters } = new;
        let ChoiceNames { ident, argument, members: _, adders: _ } = new_names; // zipped with the parameters below
        let spot = || Spot::new(pointer);
        if old_names.ident != *ident {
            let what = Text::new("argument 0 takes {}, was {}", &[ident, &old_names.ident]);
            self.note(Class::Compile, spot(), subject, what);
        } else if old_names.argument != *argument {
            let what = Text::new("argument 0 is called {}, was {}", &[argument, &old_names.argument]);
            self.note(Class::Docs, spot(), subject, what);
        }
        let before: Vec<(&Parameter, &Ident)> = members_of(old_operation, old, old_names);
        let after: Vec<(&Parameter, &Ident)> = members_of(operation, new, new_names);
        let subject = &Text::name(ident);
        for (parameter, member) in &before {
            if after.iter().all(|(other, _)| other.name != parameter.name) {
                let what = Text::new("{} removed", &[&member.unraw()]);
                self.note(Class::Compile, Spot::old(&parameter.pointer), subject, what);
            }
        }
        for (parameter, member) in &after {
            let spot = Spot::new(&parameter.pointer);
            let known = before.iter().find(|(other, _)| other.name == parameter.name);
            let Some((old_parameter, old_member)) = known else {
                let what = Text::new("{} added", &[&format!("{}: {}", member.unraw(), self.new.ty(&parameter.ty))]);
                self.note(Class::Additive, spot, subject, what);
                continue;
            };
            if old_member != member {
                let what = Text::new("{} renamed, was {}", &[&member.unraw(), &old_member.unraw()]);
                self.note(Class::Compile, spot.clone(), subject, what);
            }
            let (was, now) = (&old_parameter.ty, &parameter.ty);
            if !self.pairs.same(was, now) {
                let class = if self.same_by_another_name(was, now) { Class::Docs } else { Class::Compile };
                let is_other_json = class == Class::Compile && !self.same_json(was, now);
                let what = Text::new("{} takes {}, was {}", &[&member.unraw(), &self.new.ty(now), &self.old.ty(was)]);
                self.note(class, spot.clone(), subject, what).on_the_wire_if(is_other_json);
            }
            if is_convertible(old_parameter, &before) && !is_convertible(parameter, &after) {
                let what = Text::new("{} no longer becomes one by itself", &[&self.new.ty(now)]);
                self.note(Class::Compile, spot, subject, what);
            }
        }
        if parameters.len() == old.parameters.len()
            && before.iter().zip(&after).any(|(was, now)| was.0.name != now.0.name)
        {
            self.note(Class::Docs, spot(), subject, Text::new("parameters stand in another order", &[]));
        }
    }

    /// Whether callers can give the same values for both.
    fn same_accepted(&self, old: &Input, new: &Input) -> bool {
        let is_optional = |input: &Input| matches!(input.presence, Presence::Required | Presence::Optional);
        let is_alike = old.presence == new.presence || is_optional(old) && is_optional(new);
        is_alike && self.pairs.same(&unboxed(&old.ty), &unboxed(&new.ty))
    }

    /// Whether all arguments accept what they accepted.
    fn accepts_alike(&self, old: &[Asked<'a>], new: &[Asked<'a>]) -> bool {
        let (old, new) = (positional(old), positional(new));
        old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| self.same_accepted(old.input, new.input))
    }

    /// What a caller gives for an input.
    fn accepted(&self, side: Side<'_>, input: &Input) -> String {
        let presence = match input.presence {
            Presence::Optional => Presence::Required,
            other => other,
        };
        side.with_presence(&unboxed(&input.ty), presence)
    }
}

impl Text {
    fn role(role: Role) -> Self {
        Self::default().role_name(role)
    }

    fn role_name(self, role: Role) -> Self {
        match role {
            Role::Argument(index) => self.then("argument {#}", &[&index.saturating_add(1)]),
            Role::Step(index) => self.then("step {#}", &[&index.saturating_add(1)]),
            Role::Setter => self.then("setter", &[]),
        }
    }
}

fn is_alike(old: Role, new: Role) -> bool {
    std::mem::discriminant(&old) == std::mem::discriminant(&new)
}

fn asked<'a>(operation: &Operation, required: &'a Required, names: &'a RequiredNames) -> Vec<Asked<'a>> {
    let Required { arguments, steps } = required;
    let arguments = arguments.iter().zip(&names.arguments).enumerate();
    let arguments = arguments.map(|(index, (input, name))| (Role::Argument(index), name, input));
    let steps = steps.iter().zip(&names.steps).enumerate();
    let steps = steps.map(|(index, (input, step))| {
        // The state's name is made of the call's and the step's.
        let StepNames { ident, state: _ } = step;
        (Role::Step(index), ident, input)
    });
    let all = arguments.chain(steps);
    all.map(|(role, name, input)| Asked { goal: goal(operation, input), role, name, input }).collect()
}

fn set<'a>(operation: &Operation, setters: &'a [Input], names: &'a [Ident]) -> Vec<Asked<'a>> {
    let setters = setters.iter().zip(names);
    setters.map(|(input, name)| Asked { goal: goal(operation, input), role: Role::Setter, name, input }).collect()
}

fn goal(operation: &Operation, input: &Input) -> Goal {
    match input.parameter {
        Some(index) => Goal::Parameter(key(index, &operation.parameters[index])),
        None => Goal::Body(input.body.clone().unwrap_or(BodyPart::Whole)),
    }
}

fn positional<'s, 'a>(asked: &'s [Asked<'a>]) -> Vec<&'s Asked<'a>> {
    asked.iter().filter(|asked| matches!(asked.role, Role::Argument(_))).collect()
}

fn steps<'s, 'a>(asked: &'s [Asked<'a>]) -> Vec<&'s Asked<'a>> {
    asked.iter().filter(|asked| matches!(asked.role, Role::Step(_))).collect()
}

fn place(asked: &Asked<'_>) -> crate::diagnostics::Place {
    crate::diagnostics::Place::Key(asked.input.pointer.clone())
}

/// Where an input goes, as a reader of the spec writes it.
fn shown(goal: &Goal) -> String {
    match goal {
        Goal::Parameter(Key::Path(index)) => format!("parameter {} of the path", index.saturating_add(1)),
        Goal::Parameter(Key::Query(name)) => name.clone(),
        Goal::Body(part) => part_text(part),
    }
}

fn part_text(part: &BodyPart) -> String {
    match part {
        BodyPart::Whole => "body".to_owned(),
        BodyPart::Field(path) => path.join("."),
    }
}

fn members_of<'a>(
    operation: &'a Operation,
    choice: &Choice,
    names: &'a ChoiceNames,
) -> Vec<(&'a Parameter, &'a Ident)> {
    choice.parameters.iter().map(|index| &operation.parameters[*index]).zip(&names.members).collect()
}

/// Whether a value of the parameter's type is a choice by itself: no other parameter has the type.
fn is_convertible(parameter: &Parameter, members: &[(&Parameter, &Ident)]) -> bool {
    let is_named = matches!(parameter.ty, TypeRef::Named(_));
    is_named && members.iter().filter(|(other, _)| other.ty == parameter.ty).count() == 1
}

//! As much of JSON Schema as the official description uses for messages. Two liberties, both needed to
//! accept the description's own examples: `additionalProperties` judges all parts of an `allOf`
//! together, and a `discriminator` chooses its part of a `oneOf`.

use serde_json::Value;

pub struct Schemas<'a>(pub &'a Value);

impl Schemas<'_> {
    /// What is wrong with a value, each fault with the way to it.
    pub fn faults(&self, name: &str, value: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.check(&self.0["components"]["schemas"][name], value, "", &mut faults);
        faults
    }

    fn resolved<'s>(&'s self, schema: &'s Value) -> &'s Value {
        match schema["$ref"].as_str() {
            Some(link) => self.resolved(self.0.pointer(&link[1..]).unwrap()),
            None => schema,
        }
    }

    fn check(&self, schema: &Value, value: &Value, way: &str, faults: &mut Vec<String>) {
        let schema = self.resolved(schema);
        assert!(schema.is_object(), "no schema for {way}");
        let mapping = &schema["discriminator"]["mapping"];
        if mapping.is_object() {
            let kind = value[schema["discriminator"]["propertyName"].as_str().unwrap()].as_str();
            let Some(link) = kind.and_then(|kind| mapping[kind].as_str()) else {
                return faults.push(format!("{way}: of no known type"));
            };
            return self.check(self.0.pointer(&link[1..]).unwrap(), value, way, faults);
        }
        let mut parts = Vec::new();
        self.parts(schema, &mut parts);
        for part in &parts {
            self.part(part, value, way, faults);
        }
        self.unknown(&parts, value, way, faults);
    }

    /// A schema with all parts of its `allOf`.
    fn parts<'s>(&'s self, schema: &'s Value, into: &mut Vec<&'s Value>) {
        let schema = self.resolved(schema);
        into.push(schema);
        for part in list(&schema["allOf"]) {
            self.parts(part, into);
        }
    }

    fn part(&self, schema: &Value, value: &Value, way: &str, faults: &mut Vec<String>) {
        let mut fault = |what: &str| faults.push(format!("{way}: {what}"));
        let is_typed = match schema["type"].as_str() {
            Some("string") => value.is_string(),
            Some("object") => value.is_object(),
            Some("array") => value.is_array(),
            Some("boolean") => value.is_boolean(),
            Some("integer") => value.is_i64(),
            Some(other) => panic!("type `{other}` is not understood"),
            None => true,
        };
        if !is_typed {
            return fault("of another type");
        }
        if schema["enum"].is_array() && !list(&schema["enum"]).contains(value) {
            fault("not one of those allowed");
        }
        let length = value.as_str().map_or(0, |text| text.chars().count() as u64);
        if schema["maxLength"].as_u64().is_some_and(|most| length > most) {
            fault("too long");
        }
        let count = list(value).len() as u64;
        if schema["maxItems"].as_u64().is_some_and(|most| count > most)
            || schema["minItems"].as_u64().is_some_and(|least| count < least)
        {
            fault("too many or too few");
        }
        for name in list(&schema["required"]) {
            if value.get(name.as_str().unwrap()).is_none() {
                fault(&format!("{name} is missing"));
            }
        }
        if schema["oneOf"].is_array() {
            let fitting = list(&schema["oneOf"]).iter().filter(|one| {
                let mut inner = Vec::new();
                self.check(one, value, way, &mut inner);
                inner.is_empty()
            });
            if fitting.count() != 1 {
                fault("not exactly one of those allowed");
            }
        }
        for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
            if let Some(field) = value.get(name) {
                self.check(schema, field, &format!("{way}/{name}"), faults);
            }
        }
        if schema["items"].is_object() {
            for item in list(value) {
                self.check(&schema["items"], item, &format!("{way}/-"), faults);
            }
        }
    }

    fn unknown(&self, parts: &[&Value], value: &Value, way: &str, faults: &mut Vec<String>) {
        if !parts.iter().any(|part| part["additionalProperties"] == false) {
            return;
        }
        for name in value.as_object().into_iter().flat_map(serde_json::Map::keys) {
            if !parts.iter().any(|part| part["properties"].get(name).is_some()) {
                faults.push(format!("{way}/{name}: unknown"));
            }
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

//! From a question to Cedar's request: the entities and the context of the schema.

use std::collections::{HashMap, HashSet};

use bankside_domain::Purpose;
use bankside_domain::consent::Presence;
use bankside_domain::disclosure::{Cluster, Level};
use bankside_domain::party::{Ceiling, Party, PartyKind};
use cedar_policy::{
    Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, Request, RestrictedExpression,
    Schema,
};

use super::Question;

/// The schema, and its type names, parsed once.
pub(super) struct Vocabulary {
    schema: Schema,
    action: EntityUid,
    party: EntityTypeName,
    kind: EntityTypeName,
    ceiling: EntityTypeName,
    cluster: EntityTypeName,
    purpose: EntityTypeName,
    level: EntityTypeName,
}

/// A question in Cedar's terms, for every level.
pub(super) struct Asked {
    principal: EntityUid,
    resource: EntityUid,
    entities: Entities,
    facts: [(&'static str, RestrictedExpression); 5],
}

impl Asked {
    pub(super) fn entities(&self) -> &Entities {
        &self.entities
    }
}

impl Vocabulary {
    pub(super) fn of(schema: Schema) -> Result<Self, String> {
        let name = |text: &str| text.parse::<EntityTypeName>().map_err(|e| e.to_string());
        Ok(Self {
            schema,
            action: uid(&name("Action")?, "disclose"),
            party: name("Party")?,
            kind: name("Kind")?,
            ceiling: name("Ceiling")?,
            cluster: name("Cluster")?,
            purpose: name("Purpose")?,
            level: name("Level")?,
        })
    }

    pub(super) fn ask(&self, q: &Question<'_>) -> Result<Asked, String> {
        let party = self.party(q.party)?;
        let hour = q.now.to_jiff().to_zoned(q.zone.clone()).hour();
        let accounts = i64::try_from(q.accounts).map_err(|e| e.to_string())?;
        let present = match q.presence {
            Presence::Present => true,
            Presence::Absent => false,
        };
        let facts = [
            ("bank", RestrictedExpression::new_string(q.bank.as_str().to_owned())),
            ("purpose", entity(&self.purpose, purpose(q.purpose))),
            ("present", RestrictedExpression::new_bool(present)),
            ("hour", RestrictedExpression::new_long(i64::from(hour))),
            ("accounts", RestrictedExpression::new_long(accounts)),
        ];
        Ok(Asked {
            principal: party.uid(),
            resource: uid(&self.cluster, cluster(q.cluster)),
            entities: Entities::from_entities([party], None).map_err(|e| e.to_string())?,
            facts,
        })
    }

    pub(super) fn request(&self, asked: &Asked, level: Level) -> Result<Request, String> {
        let (code, rank) = ladder(level);
        let now =
            [("level", entity(&self.level, code)), ("rank", RestrictedExpression::new_long(rank))];
        let pairs = asked.facts.iter().cloned().chain(now);
        let context = Context::from_pairs(pairs.map(|(key, value)| (key.to_owned(), value)))
            .map_err(|e| e.to_string())?;
        Request::new(
            asked.principal.clone(),
            self.action.clone(),
            asked.resource.clone(),
            context,
            Some(&self.schema),
        )
        .map_err(|e| e.to_string())
    }

    fn party(&self, party: &Party) -> Result<Entity, String> {
        let kind = match party.kind {
            PartyKind::Channel => "channel",
            PartyKind::Recipient => "recipient",
        };
        let ceiling = ceiling(party.ceiling);
        let attributes = HashMap::from([
            ("kind".to_owned(), entity(&self.kind, kind)),
            ("ceiling".to_owned(), entity(&self.ceiling, ceiling)),
        ]);
        let name = uid(&self.party, &format!("{kind}/{}", party.id));
        Entity::new(name, attributes, HashSet::from([uid(&self.ceiling, ceiling)]))
            .map_err(|e| e.to_string())
    }
}

fn uid(kind: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id))
}

fn entity(kind: &EntityTypeName, id: &str) -> RestrictedExpression {
    RestrictedExpression::new_entity_uid(uid(kind, id))
}

// The names of the schema. They are the codes of the domain, and each request is checked against
// the schema, so that a name that is only in one of the two denies instead of never matching.

const fn purpose(purpose: Purpose) -> &'static str {
    purpose.code()
}

const fn cluster(cluster: Cluster) -> &'static str {
    cluster.code()
}

const fn ceiling(ceiling: Ceiling) -> &'static str {
    match ceiling {
        Ceiling::BankOwned => "bank_owned",
        Ceiling::EndToEndEncrypted => "end_to_end_encrypted",
        Ceiling::Spoken => "spoken",
        Ceiling::PlatformReadable => "platform_readable",
        Ceiling::Assistant => "assistant",
    }
}

/// Name and rank of a level.
const fn ladder(level: Level) -> (&'static str, i64) {
    let rank = match level {
        Level::Answer => 0,
        Level::Summary => 1,
        Level::Masked => 2,
        Level::Detail => 3,
    };
    (level.code(), rank)
}

//! Policies: tables of questions and verdicts, failing policies, and limits against a model in Rust.

use bankside_domain::party::{Ceiling, PartyKind};
use proptest::prelude::*;

use super::*;

const CEILINGS: [Ceiling; 4] =
    [Ceiling::BankOwned, Ceiling::EndToEndEncrypted, Ceiling::Spoken, Ceiling::PlatformReadable];
const KINDS: [PartyKind; 2] = [PartyKind::Channel, PartyKind::Recipient];
const PRESENCES: [Presence; 2] = [Presence::Present, Presence::Absent];
const PERMIT_ALL: &str = "@id(\"all\") permit (principal, action, resource);\n";
/// 2026-11-21T20:30:00Z.
const EVENING: Timestamp = Timestamp::from_millis(1_795_293_000_000);

/// A question that owns what it asks about.
#[derive(Clone, Debug)]
struct Case {
    party: Party,
    purpose: Purpose,
    cluster: Cluster,
    most: Level,
    presence: Presence,
}

impl Case {
    fn new(kind: PartyKind, ceiling: Ceiling, purpose: Purpose, cluster: Cluster) -> Self {
        let party = Party { kind, id: "web".to_owned(), name: "Web chat".to_owned(), ceiling };
        Self { party, purpose, cluster, most: Level::Detail, presence: Presence::Present }
    }

    /// `channel bank_owned offers balances detail absent`, in the words of the wire.
    fn parse(text: &str) -> Self {
        let mut words = text.split_whitespace();
        let mut case = Self::new(
            from_wire(words.next().unwrap()),
            from_wire(words.next().unwrap()),
            words.next().unwrap().parse().unwrap(),
            from_wire(words.next().unwrap()),
        );
        case.most = from_wire(words.next().unwrap());
        case.presence = match words.next() {
            Some("absent") => Presence::Absent,
            None => Presence::Present,
            Some(other) => panic!("{other}"),
        };
        case
    }

    fn all() -> impl Iterator<Item = Self> {
        let parties = KINDS.into_iter().flat_map(|k| CEILINGS.into_iter().map(move |c| (k, c)));
        let whats =
            Purpose::ALL.into_iter().flat_map(|p| Cluster::ALL.into_iter().map(move |c| (p, c)));
        let cases = parties.flat_map(move |(kind, ceiling)| {
            whats.clone().map(move |(p, c)| Self::new(kind, ceiling, p, c))
        });
        cases.flat_map(|case| {
            PRESENCES.into_iter().map(move |presence| Self { presence, ..case.clone() })
        })
    }

    fn question<'a>(&'a self, bank: &'a BankId, zone: &'a TimeZone) -> Question<'a> {
        Question {
            bank,
            party: &self.party,
            purpose: self.purpose,
            cluster: self.cluster,
            most: self.most,
            presence: self.presence,
            now: EVENING,
            zone,
            accounts: 2,
        }
    }

    fn ask<T>(&self, answer: impl FnOnce(&Question<'_>) -> T) -> T {
        answer(&self.question(&"harbour".parse().unwrap(), &TimeZone::UTC))
    }
}

fn from_wire<T: serde::de::DeserializeOwned>(word: &str) -> T {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).expect(word)
}

fn compile(text: &str) -> Result<BankPolicy, PolicyError> {
    BankPolicy::compile(&[PolicySource { name: "bank.cedar".to_owned(), text: text.to_owned() }])
}

/// `detail by all`, `denied by a b`, `error ...`.
fn told(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Allow { level, policies } => format!("{} by {}", level.code(), policies.join(" ")),
        Verdict::Deny { policies } => format!("denied by {}", policies.join(" ")),
        Verdict::Error(error) => format!("error {error}"),
    }
}

#[test]
fn the_shipped_policies_decide() {
    let shipped = BankPolicy::built_in().unwrap();
    let check = |case: &str, expect: &str| {
        assert_eq!(Case::parse(case).ask(|q| told(&shipped.limit(q))), expect, "{case}");
    };
    let info = "purposes.account-information";
    check("channel bank_owned account_information balances detail", &format!("detail by {info}"));
    check("channel bank_owned account_information balances answer", &format!("answer by {info}"));
    check(
        "channel bank_owned account_information balances detail absent",
        &format!("detail by {info}"),
    );
    check(
        "channel platform_readable account_information balances answer",
        &format!("answer by {info}"),
    );
    check(
        "recipient end_to_end_encrypted account_information transactions detail",
        &format!("detail by {info}"),
    );
    check(
        "recipient end_to_end_encrypted account_information transactions detail absent",
        &format!("masked by {info}"),
    );
    check(
        "channel bank_owned account_information account_numbers detail",
        &format!("detail by {info}"),
    );
    check(
        "channel platform_readable account_information account_numbers detail",
        "denied by channels.account-numbers-platform",
    );
    check(
        "channel spoken account_information account_numbers answer",
        "denied by channels.account-numbers-spoken",
    );
    check(
        "channel spoken payments account_numbers detail absent",
        "denied by channels.account-numbers-spoken channels.detail-when-absent",
    );
    check(
        "channel end_to_end_encrypted fraud_alerts transactions detail absent",
        "masked by purposes.fraud-alerts",
    );
    check("channel bank_owned fraud_alerts balances detail", "denied by ");
    check("channel bank_owned support account_numbers detail", "denied by ");
    check("channel bank_owned support balances masked", "masked by purposes.support");
    check(
        "channel bank_owned account_management cards detail",
        "detail by purposes.account-management",
    );
    check("channel bank_owned payments transactions detail", "denied by ");
    check("channel bank_owned payments account_numbers detail", "detail by purposes.payments");
    check("channel platform_readable orders balances answer", "answer by purposes.orders");
    check("channel bank_owned offers transactions detail", "summary by purposes.offers");
    check("channel bank_owned offers balances answer", "answer by purposes.offers");
    check("channel bank_owned offers cards answer", "denied by ");
    check(
        "recipient bank_owned offers balances detail",
        "denied by offers.not-to-recipients offers.summary-at-most",
    );
}

#[test]
fn every_question_is_in_the_schema_and_the_shipped_policies_answer_it() {
    let shipped = BankPolicy::built_in().unwrap();
    let all = compile(PERMIT_ALL).unwrap();
    for case in Case::all() {
        let verdict = case.ask(|q| shipped.limit(q));
        assert!(!matches!(verdict, Verdict::Error(_)), "{case:?}: {verdict:?}");
        for most in Level::ALL {
            let case = Case { most, ..case.clone() };
            let limited = case.ask(|q| shipped.limit(q)).level();
            assert!(limited <= Some(most), "{case:?}: {limited:?}");
            assert_eq!(case.ask(|q| told(&all.limit(q))), format!("{} by all", most.code()));
        }
    }
}

#[test]
fn every_shipped_policy_is_named_and_described() {
    let shipped = BankPolicy::built_in().unwrap();
    assert_eq!(shipped.policies().count(), 13);
    for note in shipped.policies() {
        assert!(!note.id.contains(':'), "{note:?} has no @id");
        assert!(note.description.as_ref().is_some_and(|d| d.ends_with('.')), "{note:?}");
    }
}

#[test]
fn a_forbid_beats_every_permit() {
    let check = |text: &str, expect: &str| {
        let policy = compile(text).unwrap();
        let case = Case::parse("channel platform_readable offers account_numbers detail");
        assert_eq!(case.ask(|q| told(&policy.limit(q))), expect, "{text}");
    };
    let officer = r#"@id("numbers") forbid(principal in Ceiling::"platform_readable", action == Action::"disclose", resource == Cluster::"account_numbers");"#;
    check(&format!("{PERMIT_ALL}{officer}"), "denied by numbers");
    check(&format!("{officer}{PERMIT_ALL}"), "denied by numbers");
    let offers = r#"@id("offers") forbid(principal, action, resource) when { context.rank > 1 && context.purpose == Purpose::"offers" };"#;
    check(&format!("{PERMIT_ALL}{offers}"), "summary by all");
    let gap = r#"@id("gap") forbid(principal, action, resource) unless { context.level == Level::"summary" };"#;
    check(&format!("{PERMIT_ALL}{gap}"), "summary by all");
    let elsewhere = r#"forbid(principal, action, resource) when { context.bank != "harbour" || context.accounts > 2 };"#;
    check(&format!("{PERMIT_ALL}{elsewhere}"), "detail by all");
}

#[test]
fn a_policy_that_fails_denies() {
    let check = |text: &str| {
        let policy = compile(&format!("{PERMIT_ALL}{text}")).unwrap();
        let case = Case::parse("channel bank_owned support balances detail");
        let (verdict, told) = case.ask(|q| (policy.limit(q), policy.explain(q)));
        assert_eq!(verdict.level(), None, "{text}");
        assert!(matches!(&verdict, Verdict::Error(e) if e.contains("`broken`")), "{verdict:?}");
        assert_eq!(told.verdict, verdict);
        let first = told.levels.first().unwrap();
        assert_eq!((first.level, first.outcome), (Level::Detail, Outcome::Error), "{text}");
        assert!(first.policies.is_empty() && first.errors.len() == 1, "{first:?}");
    };
    check(
        r#"@id("broken") forbid(principal, action, resource) when { context.rank * 9223372036854775807 > 5 };"#,
    );
    check(
        r#"@id("broken") permit(principal, action, resource) when { context.hour + 9223372036854775807 > 5 };"#,
    );
    check(
        r#"@id("certain") forbid(principal, action, resource);
        @id("broken") forbid(principal, action, resource) when { context.accounts - 9223372036854775807 - 9223372036854775807 < 0 };"#,
    );
}

#[test]
fn hours_are_the_banks() {
    let night = r#"@id("night") forbid(principal, action, resource) when { context.hour >= 22 || context.hour < 6 };"#;
    let policy = compile(&format!("{PERMIT_ALL}{night}")).unwrap();
    let check = |zone: &str, expect: &str| {
        let zone = TimeZone::get(zone).unwrap();
        let case = Case::parse("channel bank_owned support balances detail");
        let verdict = case.ask(|q| policy.limit(&Question { zone: &zone, ..*q }));
        assert_eq!(told(&verdict), expect);
    };
    check("UTC", "detail by all");
    check("Europe/Riga", "denied by night");
    check("America/New_York", "detail by all");
}

#[test]
fn problems_say_where_and_what_to_do() {
    let check = |text: &str, parts: &[&str]| {
        let error = compile(&format!("{PERMIT_ALL}{text}")).unwrap_err().to_string();
        for part in parts {
            assert!(error.contains(part), "{text}\nsays: {error}\nnot: {part}");
        }
        assert_eq!(error.lines().count(), 1, "{error}");
    };
    check(
        "\nforbid (principal, action, resource) wehn { true };",
        &["`bank.cedar`:3: ", "wehn", "; correct the line"],
    );
    check("forbid (principal, action, resource)", &["`bank.cedar`:2: ", "unexpected end of input"]);
    check(
        "@id(\"t\") forbid (principal == ?principal, action, resource);",
        &["`bank.cedar`:2: a template"],
    );
    check(
        "@id(\"two words\") forbid (principal, action, resource);",
        &["`bank.cedar`:2: ", "`@id(\"two words\")`"],
    );
    check(
        "@id(\"all\") forbid (principal, action, resource);",
        &["`bank.cedar`:2, policy `all`: ", "at `bank.cedar`:1;"],
    );
    check(
        "@id(\"typo\")\nforbid (\n  principal in Ceiling::\"platform_readble\",\n  action, resource);",
        &[
            "`bank.cedar`:4, policy `typo`: entity `Ceiling::\"platform_readble\"`",
            "platform_readable",
        ],
    );
    check(
        "forbid (principal, action, resource == Clusters::\"cards\");",
        &["policy `bank.cedar:2`: ", "Clusters"],
    );
    check("forbid (principal, action == Action::\"tell\", resource);", &["Action::\"tell\""]);
    check(
        "@id(\"bare\") forbid (principal, action, resource) when { context.purpose == \"offers\" };",
        &["policy `bare`: ", "Purpose::\"offers\""],
    );
    check("forbid (principal, action, resource) when { context.age > 3 };", &["`age`"]);
    check("forbid (principal, action, resource) when { principal.name == \"x\" };", &["`name`"]);
    check(
        "forbid (principal, action, resource) when { context.rank > 3 && false };",
        &["never applies"],
    );
    check(
        "forbid (principal, action, resource) when { Party::\"channel/web\".kind == Kind::\"channel\" };",
        &["nothing is known of a party that is not asking"],
    );
    check(
        "forbid (principal, action, resource) when { Party::\"channel/web\" in Ceiling::\"spoken\" };",
        &["nothing is known of a party that is not asking"],
    );
}

#[test]
fn a_set_must_permit_something_and_be_of_bounded_size() {
    let check = |sources: &[(&str, &str)], expect: &str| {
        let sources: Vec<PolicySource> = sources
            .iter()
            .map(|(name, text)| PolicySource { name: (*name).to_owned(), text: (*text).to_owned() })
            .collect();
        let error = BankPolicy::compile(&sources).unwrap_err().to_string();
        assert!(error.contains(expect), "{error}\nnot: {expect}");
    };
    check(&[], "no policy permits anything");
    check(&[("a", "forbid (principal, action, resource);")], "no policy permits anything");
    check(&[("a", PERMIT_ALL), ("a", "")], "`a`: two files have this name");
    check(
        &[("a", PERMIT_ALL), ("b", PERMIT_ALL)],
        "`b`:1, policy `all`: this id is taken by the policy at `a`:1",
    );
    check(&[("a", PERMIT_ALL), ("b", &" ".repeat(MAX_TEXT + 1))], "`b`: more than 256 KiB of text");
    let many = "permit (principal, action, resource);\n".repeat(MAX_POLICIES + 1);
    check(&[("a", &many)], "`a`: more than 500 policies");
    let names: Vec<String> = (0..=MAX_SOURCES).map(|n| n.to_string()).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    check(&files, "`64`: more than 64 files");
}

#[test]
fn the_hash_covers_names_texts_and_order() {
    let hash = |sources: &[(&str, &str)]| {
        let source = |(name, text): &(&str, &str)| PolicySource {
            name: (*name).to_owned(),
            text: format!("{text}\npermit (principal, action, resource);"),
        };
        BankPolicy::compile(&sources.iter().map(source).collect::<Vec<_>>()).unwrap().hash()
    };
    let sets: [&[(&str, &str)]; 8] = [
        &[("a", ""), ("b", "")],
        &[("b", ""), ("a", "")],
        &[("a", ""), ("c", "")],
        &[("a", ""), ("b", " ")],
        &[("a", " "), ("b", "")],
        &[("a", "")],
        &[("a", "//")],
        &[("a//", "")],
    ];
    let distinct: BTreeSet<[u8; 32]> = sets.iter().map(|set| hash(set)).collect();
    assert_eq!(distinct.len(), sets.len());
    assert_eq!(hash(sets[0]), hash(sets[0]));
}

#[test]
fn an_explanation_names_the_policies_of_each_level() {
    let shipped = BankPolicy::built_in().unwrap();
    let case = Case::parse("channel bank_owned offers transactions masked");
    let told = case.ask(|q| shipped.explain(q));
    let levels: Vec<_> = told.levels.iter().map(|at| (at.level, at.outcome)).collect();
    let expect = [
        (Level::Masked, Outcome::Deny),
        (Level::Summary, Outcome::Allow),
        (Level::Answer, Outcome::Allow),
    ];
    assert_eq!(levels, expect);
    let note = told.levels[0].policies.first().unwrap();
    assert_eq!((note.id.as_str(), note.effect), ("offers.summary-at-most", Effect::Forbid));
    assert_eq!((note.file.as_str(), note.line), ("30-offers.cedar", 3));
    assert_eq!(note.description.as_deref(), Some("Offers never see more than rounded sums."));
}

#[test]
fn a_simulation_counts_what_would_change() {
    let old = BankPolicy::built_in().unwrap();
    let mut sources = BankPolicy::built_in_sources();
    sources.push(PolicySource {
        name: "90-bank.cedar".to_owned(),
        text: r#"
            forbid (principal, action, resource == Cluster::"cards");
            forbid (principal, action, resource) when { context.rank > 2 };
            forbid (principal, action, resource) when {
                resource == Cluster::"recurring" && context.rank * 9223372036854775807 > 5
            };
            permit (principal, action, resource) when { context.purpose == Purpose::"support" };
        "#
        .to_owned(),
    });
    let new = BankPolicy::compile(&sources).unwrap();
    let past = [
        "channel bank_owned support cards detail",
        "channel bank_owned support balances detail",
        "channel bank_owned support balances masked",
        "channel bank_owned support recurring detail",
        "channel bank_owned support account_numbers masked",
        "channel spoken support account_numbers masked",
    ]
    .map(Case::parse);
    let (bank, zone) = ("harbour".parse().unwrap(), TimeZone::UTC);
    let count = |new: &BankPolicy, old: &BankPolicy, rounds: usize| {
        let many = past.iter().cycle().take(rounds * past.len());
        new.simulate(old, many.map(|case| case.question(&bank, &zone)))
    };
    let changes = count(&new, &old, 7);
    assert_eq!((changes.asked, changes.same()), (42, 14));
    for change in [Change::Refused, Change::Lowered, Change::Failed, Change::Allowed] {
        assert_eq!(changes.count(change), 7, "{change:?}");
        assert_eq!(changes.examples.iter().filter(|e| e.change == change).count(), MAX_EXAMPLES);
    }
    let back = count(&old, &new, 1);
    assert_eq!((back.count(Change::Raised), back.count(Change::Failed)), (1, 0));
    assert_eq!((back.count(Change::Allowed), back.count(Change::Refused)), (2, 1));
    assert_eq!(count(&new, &new, 1), Changes { asked: 6, ..Changes::default() });
}

/// One policy of a random set, and what it means, in Rust.
#[derive(Clone, Debug)]
struct Rule {
    forbids: bool,
    ceiling: Option<Ceiling>,
    cluster: Option<Cluster>,
    purpose: Option<Purpose>,
    above: Option<i64>,
    absent: bool,
    fails: bool,
}

impl Rule {
    fn cedar(&self) -> String {
        let wire = |kind: &str, value: serde_json::Value| format!("{kind}::{value}");
        let effect = if self.forbids { "forbid" } else { "permit" };
        let principal = self.ceiling.map_or("principal".to_owned(), |c| {
            format!("principal in {}", wire("Ceiling", serde_json::to_value(c).unwrap()))
        });
        let resource = self.cluster.map_or("resource".to_owned(), |c| {
            format!("resource == {}", wire("Cluster", c.code().into()))
        });
        let mut text =
            format!("{effect} ({principal}, action == Action::\"disclose\", {resource})");
        if let Some(purpose) = self.purpose {
            let purpose = wire("Purpose", purpose.code().into());
            text.push_str(&format!(" when {{ context.purpose == {purpose} }}"));
        }
        if let Some(rank) = self.above {
            text.push_str(&format!(" when {{ context.rank > {rank} }}"));
        }
        if self.absent {
            text.push_str(" unless { context.present }");
        }
        if self.fails {
            text.push_str(" when { (context.accounts + 9223372036854775807) > 0 }");
        }
        text.push_str(";\n");
        text
    }

    fn applies(&self, case: &Case, rank: i64) -> bool {
        self.ceiling.is_none_or(|c| c == case.party.ceiling)
            && self.cluster.is_none_or(|c| c == case.cluster)
            && self.purpose.is_none_or(|p| p == case.purpose)
            && self.above.is_none_or(|above| rank > above)
            && !(self.absent && case.presence == Presence::Present)
    }
}

/// What a set of rules means: errors deny, then forbids, then permits.
fn oracle(rules: &[Rule], case: &Case) -> Option<Level> {
    for (rank, level) in
        [(3, Level::Detail), (2, Level::Masked), (1, Level::Summary), (0, Level::Answer)]
    {
        if level > case.most {
            continue;
        }
        let hits = rules.iter().filter(|rule| rule.applies(case, rank));
        let (mut permitted, mut forbidden) = (false, false);
        for rule in hits {
            if rule.fails {
                return None;
            }
            permitted |= !rule.forbids;
            forbidden |= rule.forbids;
        }
        if permitted && !forbidden {
            return Some(level);
        }
    }
    None
}

fn rule() -> impl Strategy<Value = Rule> {
    use proptest::option::weighted;
    use proptest::sample::select;
    (
        any::<bool>(),
        weighted(0.3, select(CEILINGS.to_vec())),
        weighted(0.3, select(Cluster::ALL.to_vec())),
        weighted(0.3, select(Purpose::ALL.to_vec())),
        weighted(0.5, 0_i64..3),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.05),
    )
        .prop_map(|(forbids, ceiling, cluster, purpose, above, absent, fails)| Rule {
            forbids,
            ceiling,
            cluster,
            purpose,
            above,
            absent,
            fails,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn limits_are_what_the_rules_mean_and_never_more_than_asked(
        rules in prop::collection::vec(rule(), 0..6),
        open in prop::bool::weighted(0.6),
        picks in prop::collection::vec((0_usize..1000, prop::sample::select(Level::ALL.to_vec())), 40),
    ) {
        let mut rules = rules;
        let every = Rule {
            forbids: false, ceiling: None, cluster: None, purpose: None, above: None, absent: false,
            fails: false,
        };
        if open || rules.iter().all(|rule| rule.forbids) {
            rules.push(every);
        }
        let text: String = rules.iter().map(Rule::cedar).collect();
        let policy = compile(&text).unwrap();
        let cases: Vec<Case> = Case::all().collect();
        for (pick, most) in picks {
            let case = Case { most, ..cases[pick % cases.len()].clone() };
            let verdict = case.ask(|q| policy.limit(q));
            prop_assert!(verdict.level() <= Some(most));
            prop_assert_eq!(verdict.level(), oracle(&rules, &case), "{} {:?}", text, case);
        }
    }

    #[test]
    fn no_text_breaks_the_compiler(text in r#"(permit|forbid|@id|\(|\)|principal|action|resource|when|\{|\}|context\.rank|>|[0-9]{1,20}|;|"|é|\n| ){0,30}"#) {
        if let Err(error) = compile(&text) {
            prop_assert!(!error.problems.is_empty());
        }
    }
}

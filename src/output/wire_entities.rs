//! The wire format of lists of entities, their network and suggestions.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::record::Record;
use crate::annotate::EntityKind;
use crate::search::{EntityList, EntityRow, Network, NetworkEdge, Suggestion, Suggestions};

/// The name of a kind: `person`, `org`, `place`.
pub(super) const fn kind_name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "org",
        EntityKind::Place => "place",
    }
}

/// A list of entities.
#[derive(Debug, Serialize)]
pub struct EntitiesWire {
    query: String,
    articles: u64,
    distinct: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    with: Option<String>,
    entities: Vec<Record>,
}

impl EntitiesWire {
    /// The list of a query, as understood.
    #[must_use]
    pub fn new(query: String, list: &EntityList) -> Self {
        Self {
            query,
            articles: list.articles,
            distinct: list.distinct,
            with: list.with.clone(),
            entities: list.rows.iter().map(entity_record).collect(),
        }
    }
}

/// An entity of a list.
#[must_use]
pub fn entity_record(row: &EntityRow) -> Record {
    let forms =
        row.forms.iter().map(|(name, articles)| json!({"name": name, "articles": articles}));
    let mut values = vec![
        ("kind", json!(kind_name(row.kind))),
        ("name", json!(row.name)),
        ("partial", json!(row.partial)),
        ("articles", json!(row.articles)),
        ("mentions", json!(row.mentions)),
        ("first", json!(row.first.map(|day| day.to_string()))),
        ("last", json!(row.last.map(|day| day.to_string()))),
        ("forms", Value::Array(forms.collect())),
    ];
    if let (Some(in_index), Some(surprise)) = (row.in_index, row.surprise) {
        values.push(("in_index", json!(in_index)));
        // Digits beyond these say nothing.
        values.push(("g2", json!((surprise * 1000.0).round() / 1000.0)));
    }
    Record { values }
}

/// A network of entities.
#[derive(Debug, Serialize)]
pub struct NetworkWire {
    query: String,
    articles: u64,
    nodes: Vec<Record>,
    edges: Vec<Record>,
}

impl NetworkWire {
    /// The network of a query, as understood.
    #[must_use]
    pub fn new(query: String, network: &Network) -> Self {
        Self {
            query,
            articles: network.articles,
            nodes: network.nodes.iter().map(entity_record).collect(),
            edges: network.edges.iter().map(|edge| edge_record(network, *edge)).collect(),
        }
    }
}

/// A pair of entities that are named together.
#[must_use]
pub fn edge_record(network: &Network, edge: NetworkEdge) -> Record {
    let (source, target) = (&network.nodes[edge.nodes.0], &network.nodes[edge.nodes.1]);
    Record {
        values: vec![
            ("source", json!(source.name)),
            ("source_kind", json!(kind_name(source.kind))),
            ("target", json!(target.name)),
            ("target_kind", json!(kind_name(target.kind))),
            ("articles", json!(edge.articles)),
        ],
    }
}

/// Suggestions for the user's aliases.
#[derive(Debug, Serialize)]
pub struct SuggestionsWire {
    query: String,
    distinct: u64,
    suggestions: Vec<Record>,
}

impl SuggestionsWire {
    /// The suggestions for the articles of a query, as understood.
    #[must_use]
    pub fn new(query: String, suggestions: &Suggestions) -> Self {
        Self {
            query,
            distinct: suggestions.distinct,
            suggestions: suggestions.suggestions.iter().map(suggestion_record).collect(),
        }
    }
}

/// A suggestion.
#[must_use]
pub fn suggestion_record(suggestion: &Suggestion) -> Record {
    let evidence = &suggestion.evidence;
    Record {
        values: vec![
            ("kind", json!(kind_name(suggestion.kind))),
            ("name", json!(suggestion.name)),
            ("other", json!(suggestion.other)),
            ("articles", json!(evidence.articles.0)),
            ("other_articles", json!(evidence.articles.1)),
            ("together", json!(evidence.together)),
            ("likeness", json!(evidence.likeness.words())),
            ("company", json!((evidence.company * 1000.0).round() / 1000.0)),
            ("shared", json!(evidence.shared)),
        ],
    }
}

/// Writes a network as GraphML, which Gephi, Cytoscape, yEd and NetworkX read.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_graphml(out: &mut dyn Write, network: &Network) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    for (id, of, name, kind) in [
        ("label", "node", "label", "string"),
        ("kind", "node", "kind", "string"),
        ("articles", "node", "articles", "long"),
        ("weight", "edge", "weight", "double"),
    ] {
        writeln!(
            out,
            "  <key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
        )?;
    }
    writeln!(out, "  <graph edgedefault=\"undirected\">")?;
    for (number, node) in network.nodes.iter().enumerate() {
        writeln!(
            out,
            "    <node id=\"n{number}\"><data key=\"label\">{}</data><data key=\"kind\">{}</data><data key=\"articles\">{}</data></node>",
            xml(&node.name),
            kind_name(node.kind),
            node.articles,
        )?;
    }
    for NetworkEdge { nodes: (source, target), articles } in &network.edges {
        writeln!(
            out,
            "    <edge source=\"n{source}\" target=\"n{target}\"><data key=\"weight\">{articles}</data></edge>"
        )?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

/// `text` as XML takes it: marks escaped, what XML 1.0 has no place for left out.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ if super::safe::is_unsafe(letter) => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::write_graphml;
    use crate::annotate::EntityKind;
    use crate::search::{EntityRow, Network, NetworkEdge};

    #[test]
    fn a_network_is_well_formed_xml() {
        let node = |name: &str, articles| EntityRow {
            kind: EntityKind::Organization,
            name: name.into(),
            partial: false,
            articles,
            mentions: 0,
            first: None,
            last: None,
            in_index: None,
            surprise: None,
            forms: Vec::new(),
        };
        let network = Network {
            nodes: vec![node("A&T <\"x\">\u{1b}", 3), node("B", 2)],
            edges: vec![NetworkEdge { nodes: (0, 1), articles: 2 }],
            articles: 5,
        };
        let mut out = Vec::new();
        write_graphml(&mut out, &network).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
          <key id="label" for="node" attr.name="label" attr.type="string"/>
          <key id="kind" for="node" attr.name="kind" attr.type="string"/>
          <key id="articles" for="node" attr.name="articles" attr.type="long"/>
          <key id="weight" for="edge" attr.name="weight" attr.type="double"/>
          <graph edgedefault="undirected">
            <node id="n0"><data key="label">A&amp;T &lt;&quot;x&quot;&gt; </data><data key="kind">org</data><data key="articles">3</data></node>
            <node id="n1"><data key="label">B</data><data key="kind">org</data><data key="articles">2</data></node>
            <edge source="n0" target="n1"><data key="weight">2</data></edge>
          </graph>
        </graphml>
        "#);
    }
}

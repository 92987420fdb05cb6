//! Results as text for people and as JSON, CSV and TSV for programs.
//!
//! Owns the wire format that `docs/OUTPUT.md` describes, and keeps what
//! strangers wrote from controlling the reader's terminal. Writes to whatever
//! it is given; knows no terminal and no environment.

mod annotated;
mod article;
mod checkup_text;
mod collocate_text;
mod entity_text;
mod explain_article_text;
mod explain_text;
mod facet_text;
mod field;
mod hit_text;
mod json;
mod kwic_text;
mod layout;
mod plot;
mod record;
mod report;
mod rows;
mod safe;
mod style;
mod table_text;
mod timeline_text;
mod verify_text;
mod wire;
mod wire_batch;
mod wire_checkup;
mod wire_collocates;
mod wire_entities;
mod wire_explain;
mod wire_kwic;
mod wire_timeline;
mod wire_verify;

pub use annotated::{ANNOTATED_COLUMNS, AnnotatedWire, Offsets};
pub use article::write_article;
pub use checkup_text::{CheckupPart, write_checkup};
pub use collocate_text::write_collocates;
pub use entity_text::{write_entities, write_network, write_suggestions};
pub use explain_article_text::write_explained_article;
pub use explain_text::write_explained;
pub use facet_text::write_facets;
pub use field::{Field, FieldError};
pub use hit_text::{HitText, write_heading, write_total};
pub use json::{to_document, to_json, write_json_line};
pub use kwic_text::KwicText;
pub use layout::{grouped, plural};
pub use plot::{PlotNotes, write_plot};
pub use record::Record;
pub use report::{write_failures, write_report};
pub use rows::{Cells, RowFormat, RowWriter};
pub use safe::{safe_line, safe_text};
pub use style::{Hyperlinks, Style};
pub use table_text::{TableCell, write_table};
pub use timeline_text::{not_in_rows, write_timeline};
pub use verify_text::write_verification;
pub use wire::{
    ArticleWire, FacetLineWire, FacetWire, ReportWire, SearchWire, WIRE_VERSION, article_record,
    hit_record,
};
pub use wire_batch::{
    LABEL, QueryCountWire, SavedWire, cell_record, dimension_name, labelled_columns,
    labelled_record,
};
pub use wire_checkup::{
    CheckupWire, FINDING_COLUMNS, MEMBER_COLUMNS, finding_record, member_records,
};
pub use wire_collocates::{COLLOCATE_COLUMNS, CollocatesWire, collocate_record};
pub use wire_entities::{
    EntitiesWire, NetworkWire, SuggestionsWire, edge_record, entity_record, suggestion_record,
    write_graphml,
};
pub use wire_explain::{EXPLAINED_COLUMNS, ExplainedArticleWire, ExplainedWire, explained_records};
pub use wire_kwic::{KWIC_COLUMNS, KwicWire, kwic_record, kwic_row};
pub use wire_timeline::{TIMELINE_COLUMNS, TimelineWire, timeline_records};
pub use wire_verify::VerificationWire;

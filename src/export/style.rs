//! Colours and fonts that all drawings share.

use crate::schema::Type;

/// Fonts that have Chinese characters, for Linux, Windows and macOS, in the order they are tried.
pub(super) const FONTS: &str =
    "Noto Sans CJK SC,Source Han Sans SC,Microsoft YaHei,PingFang SC,WenQuanYi Micro Hei,WenQuanYi Zen Hei,sans-serif";

/// The fill of a type: light enough for black text, told apart also by those who see few colours
/// (after the Okabe–Ito palette, lightened).
pub(super) const fn fill(kind: Type) -> &'static str {
    match kind {
        Type::Person => "#fde0a8",
        Type::Organization => "#bfe0f5",
        Type::Place => "#bfe6d3",
        Type::Date => "#ececec",
        Type::Figure => "#ececec",
        Type::Program => "#f7cdb8",
        Type::Award => "#f6ef9d",
        Type::Event => "#e5cfe4",
        Type::Document => "#d9d9f3",
        Type::Position => "#e6e0d4",
        Type::Formulation => "#f3d6e4",
    }
}

/// The border and edge colour of a type.
pub(super) const fn line(kind: Type) -> &'static str {
    match kind {
        Type::Person => "#b37400",
        Type::Organization => "#0b6299",
        Type::Place => "#00704f",
        Type::Date | Type::Figure => "#6b6b6b",
        Type::Program => "#b04a0c",
        Type::Award => "#8a7d00",
        Type::Event => "#8d3f88",
        Type::Document => "#4b4ba8",
        Type::Position => "#7a6a48",
        Type::Formulation => "#a8366f",
    }
}

//! When a match goes on from the match before it, so that the body of the one is that of the other.

use super::scene::Scene;
use crate::rule::run::Found;
use crate::schema::Type;

/// Whether a match that begins a list's next item, or that names the deputy of who was named, goes on from the match
/// that ended at `end` and took these objects.
pub(super) fn goes_on(scene: &Scene<'_>, line: usize, end: usize, objects: &[Vec<usize>], found: &Found) -> bool {
    let text = &scene.lines[line].skeleton.text;
    let gap = &text[end.min(found.start)..found.start];
    gap.chars().all(|c| matches!(c, '、' | '，' | '和' | '及' | '；' | '与' | ' ' | '　'))
        || gap.contains(['，', '；']) && names_deputy(scene, line, end, objects, found)
}

/// Whether the match opens with the deputy of one of the posts, or with another member of the same committee, and no
/// other body or place stands between: 院长李明主持，副院长王芳讲话.
fn names_deputy(scene: &Scene<'_>, line: usize, end: usize, posts: &[Vec<usize>], found: &Found) -> bool {
    let sentence = &scene.lines[line];
    let other = |mark: usize| matches!(scene.kind(line, mark), Type::Organization | Type::Place);
    let mut marks = sentence.marks_in(found.start, found.end);
    let Some(post) = marks.next().filter(|&mark| scene.kind(line, mark) == Type::Position) else { return false };
    let post = scene.words(scene.mention(line, post));
    let above = post.trim_start_matches("常务").replacen('副', "", 1);
    let committee = post.strip_suffix("成员").or_else(|| post.strip_suffix("委员")).filter(|rest| !rest.is_empty());
    let belongs = |known: &str| {
        above != post && known == above || committee.is_some_and(|committee| known.starts_with(committee))
    };
    !sentence.marks_in(end, found.start).any(other) && posts.iter().flatten().any(|&known| belongs(scene.words(known)))
}

//! What may stand inside a name that grows leftwards: the words that a scan goes over, and those at which it stops.

use super::chunk::{Chunk, Chunks};
use super::head::Head;
use super::line::{Hit, Line};
use super::person::FOREIGN;
use super::scan::{is_conjunction, is_ordinal};
use super::segment::{Kind, Token, is_noun};
use crate::lexicon::Tag;
use crate::rule::name::{HeadRule, Knowledge};
use crate::schema::Type;

/// What a verb is to the name behind it.
pub(super) enum Verb {
    /// The name begins behind it.
    Introduces,
    /// No name reaches over it.
    Outside,
    /// A part of the name.
    Inside,
    /// No boundary verb.
    None,
}

/// Whether a scan goes over a token.
pub(super) enum Pass {
    /// It may stand in any such name.
    Yes,
    /// Inside only where something further left proves it.
    Soft,
    /// The name begins behind it.
    No,
}

impl HeadRule {
    /// What a boundary verb is here: a name's own (乡村振兴｜战略, 氧吧建设三年行动), or outside it; `first`
    /// where nothing stands between it and the head, `strong` where that is rarely generic.
    pub(super) fn verb(
        &self,
        line: &Line,
        tokens: &[Token],
        at: usize,
        (first, strong): (bool, bool),
        knowledge: &Knowledge,
        chunks: &Chunks,
    ) -> Verb {
        let token = &tokens[at];
        if self.introduces(line, token) {
            return Verb::Introduces;
        }
        if line.is_one_of(token.start, token.end, &self.own) {
            return Verb::Inside;
        }
        if !token.classes.any(knowledge.boundary_verb) {
            return Verb::None;
        }
        let Kind::Word(entry) = token.kind else { return Verb::None };
        let class = knowledge.lexicon.feature(entry, knowledge.boundary_verb, "class");
        // 在高雄｜设立｜研发中心
        let founds = self.kind == Type::Organization && class.split(';').any(|class| class == "found");
        // 李文博同志｜任｜市委办公室副主任
        let appoints = self.kind == Type::Organization && class.split(';').any(|class| class == "post");
        // 云州军分区｜召开｜党委全体会议
        let meets = self.kind == Type::Organization
            && class.split(';').any(|class| class == "meet")
            && matches!(line.chars[token.end - 1], '开' | '行' | '办' | '持' | '席' | '加');
        if token.tag == Tag::Preposition || founds || appoints || meets {
            return Verb::Outside;
        }
        if self.is_anchor(token, knowledge) {
            return Verb::None;
        }
        // 严济慈｜率｜代表团
        let somebody = |chunk: Chunk| chunk.kind == Type::Person;
        let led = self.kind == Type::Organization && token.tag == Tag::Verb && token.width() == 1;
        if led && chunks.ending_at(token.start).is_some_and(somebody) {
            return Verb::Outside;
        }
        let company = self.kind == Type::Organization && strong;
        // 外交大臣莱乔内｜签署｜联合公报: somebody does it; 凯达农业｜开发, 河南和谐｜投资: of a company
        let nominal = at > 0
            && (is_noun(tokens[at - 1].tag)
                || (company && matches!(tokens[at - 1].tag, Tag::OrganizationName | Tag::Adjective))
                // 刑事｜侦查｜大队, 疫病｜预防｜控制｜中心
                || (self.kind == Type::Organization
                    && (tokens[at - 1].tag == Tag::Attributive || tokens[at - 1].classes.any(self.works))))
            && !tokens[at - 1].classes.any(knowledge.outside)
            && !(self.kind == Type::Document && tokens[at - 1].tag == Tag::PersonName);
        // 云南省｜建设｜投资｜集团有限公司
        let trade = |verb: &Token| verb.tag == Tag::VerbNoun || verb.classes.any(self.works);
        let chained = company && at > 1 && trade(&tokens[at - 1]) && {
            let before = &tokens[at - 2];
            trade(before) || !(before.classes.any(knowledge.outside) || is_apart(before.tag))
        };
        let nominal = nominal || chained;
        let predicate = tokens[..at]
            .last()
            .is_none_or(|before| (!chained && before.classes.any(knowledge.outside)) || is_apart(before.tag));
        // 通过专项计划｜考入｜医学院
        let ends = matches!(line.chars[token.end - 1], '入' | '出' | '到' | '成' | '为' | '于' | '向' | '给' | '过');
        let finite = self.kind == Type::Organization && token.tag == Tag::Verb && ends;
        let short = at > 0 && tokens[at - 1].tag == Tag::Adjective && tokens[at - 1].width() == 1;
        let trusts = class.split(';').any(|class| self.trusted.iter().any(|t| t == class));
        // 将在奥斯汀｜建设｜新工厂
        let built = self.kind == Type::Organization && !strong && !first && at > 0;
        if built && tokens[at - 1].classes.any(knowledge.place) {
            return Verb::Outside;
        }
        // 木里县｜发生｜森林火灾
        if self.kind == Type::Place && token.tag == Tag::Verb && at > 0 && tokens[at - 1].classes.any(knowledge.place) {
            return Verb::Outside;
        }
        // 北京被授予｜全国劳动模范: a verb of giving is never the honour's own
        let gives = trusts && matches!(self.kind, Type::Award | Type::Event);
        let works = company && nominal && token.classes.any(self.works);
        if (nominal && first && !gives && !finite) || short || works || (token.tag == Tag::VerbNoun && !predicate) {
            return Verb::Inside;
        }
        if !trusts {
            return Verb::Outside;
        }
        // 实施｜提升…行动, and items of a list: the verb belongs to the name
        let listed = at > 0
            && matches!(line.chars[tokens[at - 1].start], '、' | '，' | '和' | '及' | '与')
            && chunks.ending_at(tokens[at - 1].start).is_some_and(|c| c.kind == self.kind);
        if at > 0 && (listed || self.introduces(line, &tokens[at - 1])) {
            return Verb::Inside;
        }
        Verb::Introduces
    }

    /// Whether the whole run behind the token is the name: 获评｜…, 荣获｜….
    pub(super) fn introduces(&self, line: &Line, token: &Token) -> bool {
        line.ends_in(token.start, token.end, &self.behind)
    }

    /// Whether a number belongs to the name of a unit: 中铁二十六｜局集团, 第七十四｜集团军.
    fn is_number_of(&self, line: &Line, token: &Token) -> bool {
        let digits = |&c: &char| {
            c.is_ascii_digit()
                || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
        };
        let unit = line.after(token.end);
        let number = &line.chars[token.start..token.end];
        self.kind == Type::Organization
            && number.strip_prefix(&['第']).unwrap_or(number).iter().all(digits)
            && matches!(unit, Some('局' | '厂' | '师' | '团' | '军' | '旅' | '营' | '连' | '院' | '处' | '中' | '冶'))
    }

    /// Whether a name with that head may hold the token.
    pub(super) fn passes(&self, line: &Line, token: &Token, head: Head, knowledge: &Knowledge) -> Pass {
        if self.is_anchor(token, knowledge) || self.is_edition(line, token) {
            return Pass::Yes;
        }
        if token.end < head.start && line.is_one_of(token.start, token.end, &self.stops) {
            return Pass::No;
        }
        if matches!(self.kind, Type::Organization | Type::Place | Type::Event) && is_article(line, token, head) {
            return Pass::No;
        }
        // 叶光富｜指令长
        if knowledge.names(token.classes) == Some(Type::Person) && line.starts[token.end].any(knowledge.position) {
            return Pass::No;
        }
        if let Kind::Value(_) = token.kind {
            return if self.values || self.is_number_of(line, token) { Pass::Yes } else { Pass::No };
        }
        // 晶瑞公司｜原｜研发部
        if self.kind == Type::Organization && line.chars[token.start..token.end] == ['原'] {
            return Pass::No;
        }
        // 第一|医院, 第三|工程有限公司
        if is_ordinal(line, token) {
            return Pass::Yes;
        }
        if is_conjunction(line, token) {
            return Pass::Soft;
        }
        if (token.classes.any(knowledge.outside) && !(token.width() == 1 && token.tag == Tag::Noun))
            || (token.classes.any(knowledge.position)
                && self.trusted.is_empty()
                && token.width() > 1
                && !token.classes.any(self.works)
                && !(head.strong && token.end == head.start))
        {
            return Pass::No;
        }
        match token.tag {
            Tag::Direction if token.width() == 1 => Pass::Yes,
            // 第三届｜西部｜汽车博览会
            Tag::Direction if self.values && line.before(token.start) == Some('届') => Pass::Yes,
            Tag::Time if self.values => Pass::Yes,
            Tag::Time => Pass::No,
            Tag::Preposition
            | Tag::Direction
            | Tag::Locative
            | Tag::Conjunction
            | Tag::Particle
            | Tag::Pronoun
            | Tag::Adverb => Pass::No,
            // 继续加强｜人民代表大会, 努力提高｜政府
            _ if token.width() == 4 && is_deed(line, token, knowledge) => Pass::No,
            // 严格执行｜政府, but 见义勇为｜基金会 behind its place
            Tag::Idiom if self.kind == Type::Organization => Pass::Soft,
            Tag::Idiom => Pass::Yes,
            // 张自忠｜第五十九军
            Tag::PersonName if head.numbered => Pass::No,
            // 贝内利｜液压公司
            Tag::PersonName if !self.proper && matches!(token.kind, Kind::Person(rule) if rule != FOREIGN) => Pass::No,
            Tag::Verb => Pass::Soft,
            Tag::Adjective if token.width() > 1 => Pass::Soft,
            _ => Pass::Yes,
        }
    }
}

/// Whether a word of this part of speech stands outside names.
fn is_apart(tag: Tag) -> bool {
    matches!(tag, Tag::Punctuation | Tag::Adverb | Tag::Particle | Tag::Pronoun | Tag::Preposition)
}

/// Whether a phrase of two words says what is done: 继续加强.
fn is_deed(line: &Line, token: &Token, knowledge: &Knowledge) -> bool {
    let half = token.start + 2;
    let verb = line.hit(half, token.end).is_some_and(|hit| hit.classes.any(knowledge.outside));
    let manner = |hit: Hit| matches!(hit.tag, Tag::Verb | Tag::Adverb | Tag::Adjective);
    verb && !token.classes.any(knowledge.named) && line.hit(token.start, half).is_some_and(manner)
}

/// Whether a token only counts what follows: 深圳｜一家｜公司, 河南｜一｜酒店; 郑州｜一｜中 is a name.
fn is_article(line: &Line, token: &Token, head: Head) -> bool {
    match line.chars[token.start..token.end] {
        // 谅山、高平｜三｜省
        ['两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'] => {
            let next = line.chars.get(token.end).copied().unwrap_or_default();
            token.end == head.start && head.division && "省市县区州盟旗乡镇村国".contains(next)
        }
        ['一' | '某' | '几' | '数'] => {
            let next = line.chars.get(token.end..token.end + 2);
            token.end == head.start
                && next.is_some_and(|next| !matches!(next, ['医', '院'] | ['中' | '小', _] | ['建', _]))
        }
        [
            '一' | '某' | '几' | '数' | '多' | '两' | '三',
            '家' | '名' | '个' | '所' | '座' | '处' | '间' | '支' | '条' | '栋' | '幢' | '起' | '场',
        ] => true,
        _ => false,
    }
}

//! A map over items on several threads, with results in the order of the items and memory bounded.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use super::{Problem, Raw};

/// What an item weighs while it waits: its bytes.
pub trait Weight {
    /// In bytes; 0 for what hardly counts.
    fn weight(&self) -> usize;
}

impl Weight for std::result::Result<Raw, Problem> {
    fn weight(&self) -> usize {
        self.as_ref().map_or(0, Raw::size)
    }
}

/// Items go from thread to thread in bundles of at most so many, and of no more bytes than this where there are
/// several: waking a thread costs as much as reading a short text.
const BUNDLE: (usize, usize) = (8, 32 << 10);

/// Bytes of items that may be under way at a time; a single item may be larger.
const UNDER_WAY: usize = 32 << 20;

/// The bytes under way, and whether anybody still wants results.
#[derive(Default)]
struct Load {
    bytes: Mutex<(usize, bool)>,
    lighter: Condvar,
}

impl Load {
    /// Waits until there is room; `false` where nobody wants results any more.
    fn take(&self, weight: usize) -> bool {
        let mut load = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        while !load.1 && load.0 > 0 && load.0 + weight > UNDER_WAY {
            load = self.lighter.wait(load).unwrap_or_else(PoisonError::into_inner);
        }
        load.0 += weight;
        !load.1
    }

    fn give(&self, weight: usize, end: bool) {
        let mut load = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        *load = (load.0.saturating_sub(weight), load.1 || end);
        self.lighter.notify_all();
    }
}

/// Applies `work` to every item on `threads` threads and gives the results to `sink` in the order of the
/// items, until it says `false`. At most a few bundles a thread and a few megabytes are under way at a time: when
/// one takes long, reading waits.
pub fn map<T: Send + Weight, O: Send>(
    items: impl Iterator<Item = T> + Send,
    threads: usize,
    work: impl Fn(T) -> O + Sync,
    mut sink: impl FnMut(O) -> bool,
) {
    if threads <= 1 {
        for item in items {
            if !sink(work(item)) {
                return;
            }
        }
        return;
    }
    let window = threads * 16;
    let load = Load::default();
    let (ticket, tickets) = sync_channel::<usize>(window);
    let (give, take) = sync_channel::<(usize, Vec<T>)>(window);
    let (done, results) = sync_channel::<(usize, Vec<O>)>(window);
    let take = Mutex::new(take);
    thread::scope(|scope| {
        let load = &load;
        scope.spawn(move || {
            let mut items = items.peekable();
            for number in 0.. {
                let Some((bundle, weight)) = bundle(&mut items) else { return };
                if !load.take(weight) || ticket.send(weight).is_err() || give.send((number, bundle)).is_err() {
                    return;
                }
            }
        });
        for _ in 0..threads {
            let (take, work, done) = (&take, &work, done.clone());
            scope.spawn(move || run(take, work, &done));
        }
        drop(done);
        in_order(results, tickets, load, &mut sink);
        load.give(0, true);
    });
}

/// The next items that go together, and what they weigh; `None` at the end.
fn bundle<T: Weight>(items: &mut Peekable<impl Iterator<Item = T>>) -> Option<(Vec<T>, usize)> {
    let first = items.next()?;
    let (mut weight, mut bundle) = (first.weight(), vec![first]);
    while bundle.len() < BUNDLE.0
        && let Some(item) = items.next_if(|item| weight + item.weight() <= BUNDLE.1)
    {
        weight += item.weight();
        bundle.push(item);
    }
    Some((bundle, weight))
}

type Bundles<T> = Receiver<(usize, Vec<T>)>;

fn run<T, O>(take: &Mutex<Bundles<T>>, work: &impl Fn(T) -> O, done: &SyncSender<(usize, Vec<O>)>) {
    loop {
        let next = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, bundle)) = next else { return };
        if done.send((number, bundle.into_iter().map(work).collect())).is_err() {
            return;
        }
    }
}

/// Hands results on in order. A ticket is given back for each: reading goes on only then.
fn in_order<O>(results: Bundles<O>, tickets: Receiver<usize>, load: &Load, sink: &mut impl FnMut(O) -> bool) {
    let (mut waiting, mut next) = (BTreeMap::new(), 0);
    for (number, bundle) in results {
        waiting.insert(number, bundle);
        while let Some(bundle) = waiting.remove(&next) {
            next += 1;
            if !bundle.into_iter().all(&mut *sink) {
                return;
            }
            load.give(tickets.recv().unwrap_or(0), false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Weight for u64 {
        fn weight(&self) -> usize {
            // Three at a time.
            UNDER_WAY / 3
        }
    }

    #[test]
    fn results_come_in_order_on_any_number_of_threads() {
        for threads in [1, 2, 5] {
            let mut out = Vec::new();
            let slow = |n: u64| {
                thread::sleep(std::time::Duration::from_micros((n * 37) % 200));
                n * 2
            };
            map(0..300, threads, slow, |n| {
                out.push(n);
                true
            });
            assert_eq!(out, (0..300).map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn short_items_go_together() {
        struct Text(usize);
        impl Weight for Text {
            fn weight(&self) -> usize {
                self.0
            }
        }
        let sizes = [10, 40_000, 20_000, 10_000, 5_000].into_iter().chain([1; 10]);
        let mut items = sizes.map(Text).peekable();
        let bundles: Vec<usize> = std::iter::from_fn(|| bundle(&mut items)).map(|(bundle, _)| bundle.len()).collect();
        assert_eq!(bundles, [1, 1, 2, 8, 3]);
    }

    #[test]
    fn it_stops_when_told_to() {
        for threads in [1, 3] {
            let mut out = Vec::new();
            map(
                0..,
                threads,
                |n: u64| n,
                |n| {
                    out.push(n);
                    out.len() < 10
                },
            );
            assert_eq!(out, (0..10).collect::<Vec<_>>());
        }
    }
}

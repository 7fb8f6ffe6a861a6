//! A map over items on several threads, with results in the order of the items and memory bounded.

use std::collections::BTreeMap;
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
/// items, until it says `false`. At most a few items a thread and a few megabytes are under way at a time: when
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
    let (give, take) = sync_channel::<(usize, T)>(window);
    let (done, results) = sync_channel::<(usize, O)>(window);
    let take = Mutex::new(take);
    thread::scope(|scope| {
        let load = &load;
        scope.spawn(move || {
            for numbered in items.enumerate() {
                let weight = numbered.1.weight();
                if !load.take(weight) || ticket.send(weight).is_err() || give.send(numbered).is_err() {
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

fn run<T, O>(take: &Mutex<Receiver<(usize, T)>>, work: &impl Fn(T) -> O, done: &SyncSender<(usize, O)>) {
    loop {
        let next = take.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv();
        let Ok((number, item)) = next else { return };
        if done.send((number, work(item))).is_err() {
            return;
        }
    }
}

/// Hands results on in order. A ticket is given back for each: reading goes on only then.
fn in_order<O>(results: Receiver<(usize, O)>, tickets: Receiver<usize>, load: &Load, sink: &mut impl FnMut(O) -> bool) {
    let (mut waiting, mut next) = (BTreeMap::new(), 0);
    for (number, result) in results {
        waiting.insert(number, result);
        while let Some(result) = waiting.remove(&next) {
            next += 1;
            if !sink(result) {
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

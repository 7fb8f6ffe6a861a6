//! A map over items on several threads, with results in the order of the items and memory bounded.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Applies `work` to every item on `threads` threads and gives the results to `sink` in the order of the
/// items, until it says `false`. At most a few items a thread are under way at a time: when one takes long,
/// reading waits.
pub fn map<T: Send, O: Send>(
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
    let (ticket, tickets) = sync_channel::<()>(window);
    let (give, take) = sync_channel::<(usize, T)>(window);
    let (done, results) = sync_channel::<(usize, O)>(window);
    let take = Mutex::new(take);
    thread::scope(|scope| {
        scope.spawn(move || {
            for numbered in items.enumerate() {
                if ticket.send(()).is_err() || give.send(numbered).is_err() {
                    return;
                }
            }
        });
        for _ in 0..threads {
            let (take, work, done) = (&take, &work, done.clone());
            scope.spawn(move || run(take, work, &done));
        }
        drop(done);
        in_order(results, tickets, &mut sink);
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
fn in_order<O>(results: Receiver<(usize, O)>, tickets: Receiver<()>, sink: &mut impl FnMut(O) -> bool) {
    let (mut waiting, mut next) = (BTreeMap::new(), 0);
    for (number, result) in results {
        waiting.insert(number, result);
        while let Some(result) = waiting.remove(&next) {
            next += 1;
            if !sink(result) {
                return;
            }
            _ = tickets.recv();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
                |n: u32| n,
                |n| {
                    out.push(n);
                    out.len() < 10
                },
            );
            assert_eq!(out, (0..10).collect::<Vec<_>>());
        }
    }
}

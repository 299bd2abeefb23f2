using Marketing.Channels;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Distributions.Lanes;

/// <summary>From due rows to outcomes: mark as much as there is room for, deliver, wait until it is settled.</summary>
internal sealed partial class DistributionLaneGrain
{
    // False when nothing is due, or there is no room for what is.
    private async Task<bool> HandOverAsync(long catalogueVersion, DistributionEntry entry)
    {
        if (_ending || IsShort || !await EnsureOwnedAsync(entry.HoldsUncertain))
        {
            return false;
        }

        if (!await ReadAsync())
        {
            _rooms.Leave();
            return false;
        }

        // It may have been told to leave while it was reading: then it has called back what there was.
        var portions = _ending ? [] : _rooms.Fill(_project, entry, _ready);
        if (portions.Count == 0)
        {
            return false;
        }

        // What is being marked when somebody wants it back is awaited first.
        var marking = MarkAsync(catalogueVersion, entry, portions);
        _marking = marking;
        return await marking;
    }

    // Rows that are due, unless some are at hand. False when there are none, or as much is in the air as may be.
    private async Task<bool> ReadAsync()
    {
        if (_ready.IsStale)
        {
            _ready.Clear();
            _mustLook = true;
        }

        if (_ready.Count > 0)
        {
            return true;
        }

        // Where there is little room, a batch would be torn to fill it.
        var room = Math.Min(options.Value.BatchSize, (BatchesInFlight * options.Value.BatchSize) - _inFlight.Sum(batch => batch.Size));
        if (room <= 0 || room < options.Value.BatchSize / 2)
        {
            return false;
        }

        var due = await TakeAsync(clock.GetUtcNow(), room);
        _ready.Add(due);

        // Much fewer than asked for: that was all, and whatever is committed from now on wakes the lane. Looking again at once would mean
        // many small batches under load instead of few large ones.
        _mayBeMore = MayBeMore(due, room);
        return due.Count > 0;
    }

    // True when there may be more to do at once.
    private async Task<bool> MarkAsync(long catalogueVersion, DistributionEntry entry, List<LanePortion> portions)
    {
        try
        {
            var (now, decided) = (clock.GetUtcNow(), clock.GetTimestamp());
            var commit = new Commit { Project = _project, CatalogueVersion = catalogueVersion, Fence = new LaneFence(_distribution, _lane, _epoch!.Value), Moved = [] };
            var (prepared, taken) = await planner.PrepareAsync(entry, [.. portions.SelectMany(portion => portion.Messages)], now, commit);
            var plan = prepared.Plan;
            commit.Moves.AddRange(plan.Skipped.Select(skip => Move(skip.Message, MessageStatus.Skipped, now) with { Reason = skip.Reason }));
            commit.Moves.AddRange(plan.PutOff.Select(later => PutOff(later, now)));

            // Recorded before it happens: whatever is in this state after a crash may have been delivered.
            var handOffs = new List<(string Channel, long Number, List<OutgoingMessage> Messages)>();
            foreach (var batch in plan.Outgoing.GroupBy(message => message.Outbound.Channel.Type!))
            {
                var handOff = (Channel: batch.Key, Number: await numbers.NextAsync(NumberSequence.Messages), Messages: batch.ToList());
                handOffs.Add(handOff);
                commit.Moves.AddRange(handOff.Messages.Select(message => Move(message.Source, MessageStatus.Sending, now) with { HandOff = handOff.Number }));
            }

            CommitOutcome marked;
            try
            {
                marked = await committer.CommitAsync(commit);
                await prepared.Settle(marked);
            }
            catch (StorageUnavailableException unanswered) when (unanswered is not StorageClosedException)
            {
                await prepared.Settle(null);
                await UnmarkAsync(handOffs.SelectMany(handOff => handOff.Messages.Select(message => (message.Source, handOff.Number))));
                if (taken is not null)
                {
                    await limits.ReturnIfTakenAsync(committer, _project, taken);
                }

                throw;
            }

            switch (marked.RefusedBy)
            {
                case null:
                    var twice = 0;
                    foreach (var (channel, number, messages) in handOffs)
                    {
                        // What came twice is moved once.
                        twice += messages.RemoveAll(message => !commit.Moved.Contains(message.Source.Number));
                        CountLateness(messages);
                        if (messages.Count > 0)
                        {
                            var portion = portions.Find(portion => portion.Channel == channel)!;
                            portion.Use(messages.Count);
                            _mayBeLeft = true;
                            var handOff = running.Start(number, _distribution, _lane, portion.Window, messages.Count, decided);
                            _inFlight.Add(new LaneHandOff(DeliverAsync(entry, channel, handOff, messages, taken?.Accounts), handOff, messages.Count));
                        }
                    }

                    if (taken is not null && twice > 0)
                    {
                        await limits.ReturnAsync(committer, _project, taken, twice);
                    }

                    if (prepared.Gives)
                    {
                        GrainFactory.Distribution(_project, entry.Id).CheckSuppliesAsync().Ignore();
                    }

                    if (prepared.Shortage is { } shortage)
                    {
                        // What is left is still due, and is read again when the distribution goes on. Not waited for: it waits for this lane to call back what it can.
                        Forget();
                        _shortSince = clock.GetTimestamp();
                        GrainFactory.Distribution(_project, entry.Id).ReportShortageAsync(shortage).Ignore();
                        return false;
                    }

                    return _ready.Count > 0 || _mayBeMore;
                case Guard.Lane:
                    // Somebody else works here, and has queued again what is not settled: nothing of it must begin any more, and nothing more is taken.
                    LogFenced(_distribution, _lane, _epoch.Value);
                    _inFlight.ForEach(batch => batch.Running.CallBackAsync().Ignore());
                    LeaveAsync().Ignore();
                    return false;
                default:
                    // Nothing was marked: what was taken is still due.
                    Forget();
                    return true;
            }
        }
        finally
        {
            portions.ForEach(portion => portion.Close());
        }
    }

    private void CountLateness(List<OutgoingMessage> messages)
    {
        if (metrics.CountsLateness)
        {
            var now = clock.GetUtcNow();
            messages.ForEach(message => metrics.HandOver(message.Source.Channel, now - message.Source.DueAt));
        }
    }

    // Whether they are marked nobody knows, but none of them has begun: those that are, are queued again, so that nobody has to take them for uncertain.
    private Task UnmarkAsync(IEnumerable<(DueMessage Message, long HandOff)> messages)
    {
        var now = clock.GetUtcNow();
        var back = messages.Select(one => new RecordedOutcome(
            Move(one.Message, one.Message.Status, now) with { From = MessageStatus.Sending, HandOff = one.HandOff, Batch = 0, DueAt = one.Message.DueAt },
            Suppression: null));
        return _outcomes.RecordAsync([.. back], _project, new LaneFence(_distribution, _lane, _epoch!.Value), []);
    }

    // What became owed on this silo a moment ago comes without being read back. Whenever something else may be due, and now and then while the
    // lane never comes to rest, the rows are read.
    private async Task<IReadOnlyList<DueMessage>> TakeAsync(DateTimeOffset now, int room)
    {
        if (!_mustLook && clock.GetElapsedTime(_looked) < LookAgain && _inbox.Take(room) is { } handed)
        {
            return handed;
        }

        _inbox.Clear();
        (_mustLook, _looked) = (false, clock.GetTimestamp());
        var due = await queue.TakeAsync(_distribution, _lane, now, room);
        _mustLook |= MayBeMore(due, room);
        return due;
    }

    private static bool MayBeMore(IReadOnlyList<DueMessage> due, int room) => due.Count > 0 && due.Count >= room / 2;

    // What was read is not marked: the rows are read again.
    private void Forget()
    {
        _rooms.Leave();
        _ready.Clear();
        _inbox.Clear();
        _mustLook = true;
    }

    // Looks again after a moment in any case: a message of a batch may be due for its next attempt before the batch has settled.
    private async Task SomethingSettlesAsync()
    {
        if (_ending)
        {
            if (_inFlight.Count > 0)
            {
                await Task.WhenAny(_inFlight.Select(batch => batch.Delivery));
            }
        }
        else if (!_woken)
        {
            _wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            WakeAfter(LookAgain);
            await Task.WhenAny([_wake.Task, .. _inFlight.Select(batch => batch.Delivery), .. _rooms.Granted]);
        }

        foreach (var batch in _inFlight.Where(batch => batch.Delivery.IsCompleted).ToArray())
        {
            _inFlight.Remove(batch);
            await batch.Delivery;
        }
    }

    private async Task SettleAsync()
    {
        await Task.WhenAll(_inFlight.Select(batch => batch.Delivery))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _inFlight.Clear();
    }

    // Ends when what has not begun is queued again, which is soon; what has begun goes on.
    private async Task RecallAsync()
    {
        await _marking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await Task.WhenAll(_inFlight.Select(batch => batch.Running.CallBackAsync()));
    }

    private async Task DeliverAsync(DistributionEntry entry, string channel, RunningHandOff handOff, IReadOnlyList<OutgoingMessage> messages, IReadOnlyList<string>? accounts)
    {
        var batch = new DeliveryBatch
        {
            Project = _project,
            Distribution = _distribution,
            Lane = _lane,
            Epoch = _epoch!.Value,
            HandOff = handOff.Number,
            Accounts = accounts ?? [],
            Messages = [.. messages.Select(message => new DeliveryItem
            {
                Number = message.Source.Number,
                Attempts = message.Source.Attempts,
                FailedBefore = message.Source.FailedBefore,
                Status = message.Source.Status,
                DueAt = message.Source.DueAt,
                Message = message.Outbound,
                CreatedAt = message.Source.CreatedAt,
            })],
        };

        // The channel ends it; here it is ended where the call never got there.
        using var _ = handOff;
        var result = await GrainFactory.Channel(channel).DeliverAsync(batch);
        if (result.ExhaustedReason is { } reason)
        {
            await GrainFactory.Distribution(_project, entry.Id).ReportExhaustedAsync(channel, reason);
        }
    }

    // To wait otherwise is a move, to wait longer is none.
    private MessageMove PutOff(PutOffMessage later, DateTimeOffset now) =>
        Move(later.Message, later.Message.Status == MessageStatus.Queued ? MessageStatus.Retrying : MessageStatus.Queued, now) with { DueAt = later.Until, Reason = later.Reason };

    private MessageMove Move(DueMessage message, MessageStatus to, DateTimeOffset now) => new()
    {
        Distribution = _distribution,
        Number = message.Number,
        Batch = message.Batch,
        Channel = message.Channel,
        From = message.Status,
        To = to,
        Epoch = _epoch!.Value,
        At = now,
    };

    [LoggerMessage(LogLevel.Warning, "Lane {Lane} of distribution {Distribution} has a newer owner than epoch {Epoch}")]
    private partial void LogFenced(int distribution, int lane, long epoch);
}

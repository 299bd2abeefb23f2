using System.Text.Json;
using Marketing.Catalogue;

namespace Marketing.Distributions;

/// <summary>Another draft in the place of the one there is.</summary>
internal sealed partial class DistributionGrain
{
    public async Task<DistributionResult> EditAsync(DistributionDraft draft, long? version)
    {
        if (!State.Exists)
        {
            return new DistributionResult.NotFound();
        }

        (draft, var missing) = await saved.TakeAsync(_project, Normalise(draft), State.View!.Draft);
        if (missing.Count > 0)
        {
            return new DistributionResult.Invalid(missing);
        }

        if (version is { } known && known != State.View!.Version && State.Unread is null)
        {
            // The answer to the edit that made it so may have been lost.
            return IsThere(draft) ? await DoneAsync() : new DistributionResult.Overtaken(State.View.Version);
        }

        if (State.Unread is not null)
        {
            return await WriteAnewAsync(draft);
        }

        if (DistributionRules.WhyNotEdit(State, draft) is { } refusal)
        {
            return Refuse(refusal);
        }

        if (await WhyNotKeepAsync(draft, State.View!.Number) is { } limits)
        {
            return limits;
        }

        var isDraft = State.Status == DistributionStatuses.Draft;
        if (!isDraft)
        {
            if (draft.Type != State.View.Draft.Type)
            {
                return Refuse("The type cannot be changed after activation");
            }

            if (await validator.ValidateAsync(_project, State.View.Number, draft) is { Count: > 0 } problems)
            {
                return new DistributionResult.Invalid(problems);
            }

            await AdoptSegmentsAsync(draft);
        }

        var synced = isDraft || await SegmentIsSyncedAsync(draft);
        await _writing.WaitAsync();
        try
        {
            // The countdown may have ended meanwhile.
            if (DistributionRules.WhyNotEdit(State, draft) is { } late)
            {
                return Refuse(late);
            }

            var now = clock.GetUtcNow();
            if (!await WriteAsync(DistributionRules.Edited(State.View, draft, synced, now, options.Value.ManualDelay), "distribution.updated", null))
            {
                return NameTaken();
            }

            // Once more: work may have gone on while it was written.
            State.View = DistributionRules.Edited(State.View, draft, synced, now, options.Value.ManualDelay);
        }
        finally
        {
            _writing.Release();
        }

        if (!isDraft)
        {
            await catalogues.ChangedAsync(_project);
            Work();
        }

        return await DoneAsync();
    }

    private bool IsThere(DistributionDraft draft) =>
        JsonSerializer.SerializeToUtf8Bytes(draft, WireJson.Options).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(State.View!.Draft, WireJson.Options));

    private static DistributionDraft Normalise(DistributionDraft draft) => draft is { Type: "manual", Trigger: null }
        ? draft with { Trigger = new TriggerDefinition { Type = TriggerCatalogue.Manual } }
        : draft;
}

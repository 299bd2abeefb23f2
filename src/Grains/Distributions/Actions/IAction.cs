using Marketing.Catalogue;
using Marketing.Distributions.Lanes;
using Marketing.Storage;

namespace Marketing.Distributions.Actions;

/// <summary>
/// What recipients of a distribution get beside the message: one for each entry of <see cref="ActionCatalogue"/>. It stands between planning and the commit that marks
/// messages as being handed over, so that what it takes and the mark are one transaction.
/// </summary>
internal interface IAction
{
    /// <summary>Of its <see cref="ActionDescriptor"/>.</summary>
    string Type { get; }

    /// <summary>What keeps a draft with this action from being activated.</summary>
    IEnumerable<FieldProblem> Validate(DistributionDraft draft, CatalogueSnapshot catalogue);

    /// <summary>
    /// Adds to the commit what the messages of a batch take, and answers the plan as it is then: what cannot be given is skipped with a reason. It is asked again for
    /// the same messages when the commit was refused, and after a crash; a message gets the same each time.
    /// </summary>
    /// <param name="entry">The distribution.</param>
    /// <param name="plan">What goes out and what does not.</param>
    /// <param name="commit">Marks the messages; refused as a whole where a guard does not hold.</param>
    ValueTask<PreparedAction> PrepareAsync(DistributionEntry entry, DeliveryPlan plan, Commit commit);

    /// <summary>Why it cannot give any more at present; null when it can. A distribution that paused for it goes on when it can again.</summary>
    ValueTask<string?> ShortageAsync(int project, DistributionDraft draft) => new((string?)null);

    /// <summary>The objects that messages show which it gives, for a preview: made up, and nothing is taken. A JSON object.</summary>
    ReadOnlyMemory<byte> Example(DistributionDraft draft, CatalogueSnapshot catalogue) => "{}"u8.ToArray();

    /// <summary>The objects that a message shows which it gave to its customer; where it has given nothing yet, those of an example. Takes nothing.</summary>
    ValueTask<ReadOnlyMemory<byte>> ShownAsync(int project, DistributionEntry entry, OutgoingMessage message);

    /// <summary>How much it has to give; null where there is enough for everybody.</summary>
    ValueTask<Supply?> SuppliesAsync(int project, DistributionDraft draft) => new((Supply?)null);
}

/// <summary>What an action came to for a batch.</summary>
/// <param name="Plan">What goes out and what does not; a message that is in neither stays as it is.</param>
internal sealed record PreparedAction(DeliveryPlan Plan)
{
    /// <summary>Why there was not enough for all; null when there was. The distribution pauses then.</summary>
    public string? Shortage { get; init; }

    /// <summary>Whether there is less left than before.</summary>
    public bool Gives { get; init; }

    /// <summary>Told what became of the commit; null when nobody knows.</summary>
    public Func<CommitOutcome?, ValueTask> Settle { get; init; } = static _ => ValueTask.CompletedTask;
}

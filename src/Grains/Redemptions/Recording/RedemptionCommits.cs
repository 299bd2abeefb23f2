using Marketing.Customers;
using Marketing.MetadataSchemas;
using Marketing.Orders;
using Marketing.Storage;

namespace Marketing.Redemptions;

/// <summary>Makes durable what was decided: through the customer, who has a history, or alone where nobody is known.</summary>
internal sealed class RedemptionCommits(IGrainFactory grains, ICommitter committer, MetadataCheck metadata, TimeProvider clock)
{
    /// <summary>What became of it. Whoever decided looks again where it is superseded, and after a key that was used before.</summary>
    public async Task<CustomerAnswer> CommitAsync(int project, string? customer, RedemptionRecorded fact, CommandContext context)
    {
        if (customer is not null)
        {
            return await grains.Customer(project, customer).RecordAsync(fact, context);
        }

        var verdict = fact.Order is { } order ? await metadata.OfAsync(project, catalogue => OrderMetadata.ProblemsOf(catalogue, order), commits: true) : default;
        if (verdict.IsRefused)
        {
            return new CustomerAnswer.Invalid([.. verdict.Problems.Select(static problem => new FactProblem(0, problem))]);
        }

        var now = clock.GetStoredNow();
        var commit = new Commit { Project = project, CatalogueVersion = verdict.CatalogueVersion, Operation = context.Remember(RedemptionFold.RememberedOf(fact), now) };
        RedemptionFold.AddTo(commit, fact, null, null, now);
        return (await committer.CommitAsync(commit)).RefusedBy switch
        {
            null => new CustomerAnswer.Recorded(Nobody, []),
            Guard.Operation => new CustomerAnswer.KeyKnown(),
            Guard.Unique { Table: "orders" } taken => new CustomerAnswer.Taken(taken.Table, taken.Column, taken.Value),
            _ => new CustomerAnswer.Superseded(),
        };
    }

    private static readonly Customer Nobody = new() { Id = "" };
}

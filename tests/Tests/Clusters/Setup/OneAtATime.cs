using Xunit;

namespace Marketing.Clusters;

/// <summary>Tests with several real processes each: one after the other, and beside nothing else, because they need the processor.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAtATime
{
    public const string Name = "Clusters";
}

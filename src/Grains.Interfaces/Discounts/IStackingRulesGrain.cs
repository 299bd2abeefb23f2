namespace Marketing.Discounts;

/// <summary>
/// How several discounts of one request go together in a project: one set of rules at the most, the defaults where there is none. Keyed by project number. When a change is answered, every silo decides by it.
/// </summary>
[Alias("stacking-rules"), GrainInterfaceType("stacking-rules")]
public interface IStackingRulesGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Creates the rules under the id that is given; what is not said has its default. Repeating it with the same id changes nothing and answers the rules as they are. Where the project has other ones,
    /// <see cref="StackingRulesResult.Exists"/>.
    /// </summary>
    /// <param name="id"><c>stk_…</c></param>
    /// <param name="rules">A JSON object in the wire format. Fields that are not known are ignored.</param>
    [Alias("create")]
    Task<StackingRulesResult> CreateAsync(string id, RawJson rules);

    /// <summary>Changes what is given, lists as a whole; a null puts a field back to its default, or a limit of categories to none. Repeating it changes nothing.</summary>
    [Alias("change")]
    Task<StackingRulesResult> ChangeAsync(string id, RawJson rules);

    /// <summary>Deletes the rules, so that the defaults hold again. False when there are none with the id.</summary>
    [Alias("delete")]
    Task<bool> DeleteAsync(string id);

    /// <summary>The rules as wire JSON, or null.</summary>
    [Alias("find")]
    Task<RawJson?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>The rules that hold, as wire JSON. Those that nobody has created have no <c>id</c> and no dates.</summary>
    [Alias("current")]
    Task<RawJson> CurrentAsync(CancellationToken cancellation = default);
}

/// <summary>Answer to a change of stacking rules.</summary>
[GenerateSerializer, Immutable, Alias("stacking-rules-result")]
public abstract record StackingRulesResult
{
    /// <summary>Durable, and what every silo decides by: the rules as wire JSON.</summary>
    [GenerateSerializer, Immutable, Alias("stacking-rules-result.saved")]
    public sealed record Saved([property: Id(0)] RawJson Rules) : StackingRulesResult;

    /// <summary>There are none with this id.</summary>
    [GenerateSerializer, Immutable, Alias("stacking-rules-result.not-found")]
    public sealed record NotFound : StackingRulesResult;

    /// <summary>The project has rules already.</summary>
    [GenerateSerializer, Immutable, Alias("stacking-rules-result.exists")]
    public sealed record Exists : StackingRulesResult;

    /// <summary>What is wrong with them, by field.</summary>
    [GenerateSerializer, Immutable, Alias("stacking-rules-result.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : StackingRulesResult;
}

/// <summary>How the grain of stacking rules is addressed.</summary>
public static class StackingRulesAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The stacking rules of a project.</summary>
        public IStackingRulesGrain StackingRules(int project) => grains.At<IStackingRulesGrain>(GrainAddresses.Key(project));
    }
}

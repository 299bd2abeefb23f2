using Marketing.Redemptions;

namespace Marketing.Qualifications;

/// <summary>Answer to a qualification.</summary>
[GenerateSerializer, Immutable, Alias("qualification-result")]
public abstract record QualificationResult
{
    /// <summary>It was decided.</summary>
    /// <param name="Document">As wire JSON.</param>
    /// <param name="Objects">The tiers, vouchers and campaigns that the entries of the answer are about, in their order, as wire JSON; none where they were not asked for.</param>
    [GenerateSerializer, Immutable, Alias("qualification-result.qualified")]
    public sealed record Qualified([property: Id(0)] RawJson Document, [property: Id(1)] IReadOnlyList<RawJson> Objects) : QualificationResult;

    /// <summary>The request itself is refused.</summary>
    [GenerateSerializer, Immutable, Alias("qualification-result.refused")]
    public sealed record Refused([property: Id(0)] RedemptionError Error) : QualificationResult;

    /// <summary>Fields are refused.</summary>
    /// <param name="Problems">By their paths.</param>
    [GenerateSerializer, Immutable, Alias("qualification-result.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : QualificationResult;
}

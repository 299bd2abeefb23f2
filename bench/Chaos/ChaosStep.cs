using System.Globalization;

namespace Marketing.Bench.Chaos;

/// <summary>One thing that happens.</summary>
/// <param name="Kind">What.</param>
/// <param name="Silo">To which silo, where it happens to one.</param>
/// <param name="Before">After so much peace.</param>
/// <param name="Length">How long it lasts, where it lasts.</param>
internal sealed record ChaosStep(ChaosKind Kind, int Silo, TimeSpan Before, TimeSpan Length)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"after {Before.TotalSeconds:N1} s {Kind} silo-{Silo + 1} for {Length.TotalSeconds:N1} s");
}

namespace Marketing.Observability;

/// <summary>The port that serves metrics and health only, if there is one.</summary>
internal sealed record MetricsPort(int? Number);

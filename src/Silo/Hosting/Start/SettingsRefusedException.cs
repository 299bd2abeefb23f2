namespace Marketing.Hosting;

/// <summary>What is configured cannot be right.</summary>
/// <param name="reasons">One sentence each, with the key.</param>
public sealed class SettingsRefusedException(IReadOnlyCollection<string> reasons) : Exception(string.Join(" ", reasons));

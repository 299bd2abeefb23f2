namespace Marketing.Files;

/// <summary>Another process works on the data directory.</summary>
public sealed class DataDirectoryInUseException(string directory, Exception inner)
    : IOException($"Another process works on {directory}; two would send each other's messages again.", inner);

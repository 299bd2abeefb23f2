namespace Marketing.Hosting;

/// <summary>Another process has the port this silo was told to use.</summary>
public sealed class SiloPortInUseException(int port, string key)
    : Exception($"Port {port} is in use. Choose another one by {key}, or leave it out and a free one is taken.");

namespace Marketing.Distributions;

/// <summary>So many previews and test messages are being rendered that this one did not get its turn.</summary>
internal sealed class RenderingBusyException() : Exception("Too many previews are being rendered.");

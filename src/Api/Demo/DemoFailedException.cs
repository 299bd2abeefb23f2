namespace Marketing.Demo;

/// <summary>The demo cannot go on, for a reason that is said to whoever watches.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);

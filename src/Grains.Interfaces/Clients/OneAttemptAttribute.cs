namespace Marketing.Clients;

/// <summary>
/// On a method of a grain interface: <see cref="RepeatingCalls"/> does not make the call again when the outcome is unknown, because doing it twice is worse than
/// not knowing.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneAttemptAttribute : Attribute;

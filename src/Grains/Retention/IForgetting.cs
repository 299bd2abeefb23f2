namespace Marketing.Retention;

/// <summary>Something of a feature's that is forgotten when it is old, and that no column of a table says.</summary>
internal interface IForgetting
{
    /// <summary>Forgets a small part of what is old by now. False when nothing is left.</summary>
    Task<bool> ForgetSomeAsync(DateTimeOffset now);
}

namespace Marketing.Filters;

/// <summary>One entry in the table of operators.</summary>
/// <param name="Fits">The kinds of fields it can be asked of.</param>
/// <param name="Subject">What it compares, for the message to whom it does not fit.</param>
/// <param name="Build">Makes the condition from the values given.</param>
internal sealed record FilterOperator(FieldKind Fits, string Subject, Func<OperandReader, Condition> Build);

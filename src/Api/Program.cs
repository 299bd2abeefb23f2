using Marketing;
using Marketing.Hosting;

try
{
    await ApiApplication.Build(args, builder => builder.AddStopDeadline()).RunAsync();
    return Environment.ExitCode;
}
catch (Exception failure) when (StartFailure.Explain(failure) is { } reason)
{
    Console.Error.WriteLine(reason);
    return 1;
}

using Marketing;
using Marketing.Hosting;

try
{
    await SiloApplication.Build(args).RunAsync();
    return Environment.ExitCode;
}
catch (Exception failure) when (StartFailure.Explain(failure, "--Distributions:Silo:Urls") is { } reason)
{
    Console.Error.WriteLine(reason);
    return 1;
}

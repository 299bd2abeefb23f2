using Marketing.Hosting;
using Microsoft.AspNetCore.Connections;

try
{
    await ApiApplication.Build(args).RunAsync();
    return Environment.ExitCode;
}
catch (IOException failure) when (failure.InnerException is AddressInUseException)
{
    Console.Error.WriteLine($"{failure.Message} Choose another one: --urls http://127.0.0.1:8090");
    return 1;
}

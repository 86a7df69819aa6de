namespace Digits;

/// <summary>The entry point: ties the console to <see cref="DigitsApp"/>.</summary>
internal static class Program
{
    static int Main(string[] args) => Samples.SampleApp.OnConsole(args, DigitsApp.Run);
}

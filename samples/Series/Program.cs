using Samples;
using Series;

return SampleApp.OnConsole(args, SeriesApp.Run);

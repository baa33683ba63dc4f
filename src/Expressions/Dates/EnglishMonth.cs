namespace Waybill.Expressions.Dates;

/// <summary>Months by the names that layouts read and print, whatever the machine's culture.</summary>
internal enum EnglishMonth
{
    January = 1,
    February,
    March,
    April,
    May,
    June,
    July,
    August,
    September,
    October,
    November,
    December,
}

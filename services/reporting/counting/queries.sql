-- read_one_moment --
-- All that this transaction reads is of the same moment
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ

"""An address below /api/ that does not exist answers like the rest of the API."""

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from factcheck.errors import NotFound


class ApiNotFound(APIView):
    """404 as problem+json for every method, to anybody."""

    authentication_classes = ()
    permission_classes = ()
    parser_classes = ()
    schema = None

    def _missing(self, request: Request, *args: object, **kwargs: object) -> Response:
        raise NotFound(f"There is nothing at {request.path[:200]}; see /api/v1/docs")

    get = post = put = patch = delete = _missing
